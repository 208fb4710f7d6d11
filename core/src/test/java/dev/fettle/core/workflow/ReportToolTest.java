package dev.fettle.core.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.permission.Permission;
import dev.fettle.core.tool.Report;
import dev.fettle.core.tool.Tool;
import dev.fettle.core.tool.ToolContext;
import dev.fettle.core.tool.ToolException;
import dev.fettle.core.tool.ToolOutput;
import dev.fettle.core.workspace.FilesInMemory;
import dev.fettle.core.workspace.ReadOnlyWorkspace;
import dev.fettle.core.workspace.Shell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportToolTest {
    private static final String PYTHON =
            "python3 -c 'import ast,sys; [ast.parse(open(f,\"rb\").read(),f) for f in sys.argv[1:]]' ./a.py";

    private final List<String> scripts = new ArrayList<>();
    private Shell.End end = new Shell.End.Exited(0);

    @Test
    void theReportCarriesTheFilesAndWhatCheckedThem() throws InterruptedException {
        Report report = report("[\"a.py\"]", "[\"make test\"]").report().orElseThrow();

        assertTrue(report.accepted());
        assertEquals("A stack.", report.summary());
        assertEquals(List.of(PYTHON, "make test"), scripts);
        JsonNode stages = JsonMapper.shared().readTree(report.stages());
        assertEquals("push and pop", stages.path("requirement").asString());
        assertEquals("x = 1\n", stages.at("/code/full_code").asString());
        assertEquals("a.py", stages.at("/code/files/0/path").asString());
        assertTrue(stages.at("/validation/passed").asBoolean());
        assertFalse(stages.has("files"), stages::toString);
    }

    @Test
    void everyCommandThatProvesItHasToBeAllowed() {
        assertEquals(
                List.of(new Permission.Execute(PYTHON), new Permission.Execute("make test")),
                invocation("[\"a.py\"]", "[\"make test\"]").permissions());
    }

    @Test
    void whatFailsGoesBackToTheModelAndIsKept() throws InterruptedException {
        end = new Shell.End.Exited(2);
        ToolOutput output = report("[\"a.py\"]", "[]");

        assertEquals(
                "Not accepted: this failed.\n\n$ %s\nsaid\n[exit code 2]\n\nMend it and report again."
                        .formatted(PYTHON),
                output.text());
        assertFalse(output.report().orElseThrow().accepted());
    }

    @Test
    void aLanguageThatNothingChecksIsSaidToBeUnchecked() throws InterruptedException {
        ToolOutput output = report("[\"a.cob\"]", "[]");

        assertEquals("Accepted. Nothing here can check a.cob (python).", output.text());
        JsonNode stages =
                JsonMapper.shared().readTree(output.report().orElseThrow().stages());
        assertFalse(stages.at("/validation/passed").asBoolean());
        assertEquals(List.of(), scripts);
    }

    @Test
    void aCheckerThatIsNotInstalledProvesNothing() throws InterruptedException {
        end = new Shell.End.Exited(127);
        ToolOutput output = report("[\"a.py\"]", "[]");

        assertTrue(output.text().contains("the program is not installed"), output::text);
        assertTrue(output.report().orElseThrow().accepted());
    }

    @Test
    void aFileThatWasNeverWrittenIsAskedFor() {
        ToolException refused = assertThrows(ToolException.class, () -> report("[\"b.py\"]", "[]"));

        assertEquals(
                "The report names `b.py`, but no such file is there. Write it first, or leave it out.",
                refused.getMessage());
    }

    @Test
    void namesAreQuotedAndCompilersLeftToTheProjectsCommands() {
        assertEquals(
                List.of("for f in './a b.js' ./-c.js; do node --check \"$f\" || exit; done"),
                SyntaxCheck.commands(work(List.of("a b.js", "-c.js"), List.of())));
        assertEquals(List.of(), SyntaxCheck.commands(work(List.of("A.java"), List.of("mvn test"))));
        assertEquals(
                List.of("javac -proc:none -XDshould-stop.ifNoError=FLOW ./A.java"),
                SyntaxCheck.commands(work(List.of("A.java"), List.of())));
    }

    @Test
    void everyWorkflowHasInstructionsAndAToolOrNeither() {
        for (Workflow each : Workflow.values()) {
            assertEquals(each.report().isEmpty(), each.instructions().isEmpty(), each.word());
            assertEquals(Optional.of(each), Workflow.named(each.word()));
            each.report().ifPresent(tool -> assertEquals("report", tool.spec().name()));
        }
    }

    @Test
    void anIntentIsReadWithOrWithoutAFence() {
        String json = "{\"workflow\":\"debug\",\"task\":\"t\",\"languages\":[\"go\"],\"tools\":[]}";
        Intent intent = new Intent(Workflow.DEBUG, "t", List.of("go"), List.of());

        assertEquals(Optional.of(intent), Intent.read(json));
        assertEquals(Optional.of(intent), Intent.read("```json\n" + json + "\n```"));
        assertEquals(Optional.empty(), Intent.read("{\"workflow\":\"dance\"}"));
        assertEquals(Optional.empty(), Intent.read(""));
        assertEquals(Optional.empty(), Intent.read("debug"));
    }

    private static Work work(List<String> files, List<String> checks) {
        return new Work.Generated("A stack.", "", "", "", files, checks);
    }

    private static Tool.Invocation invocation(String files, String checks) {
        return Workflow.GENERATE.report().orElseThrow().prepare("""
                        {"summary": "A stack.", "requirement": "push and pop", "architecture": "one class",
                         "language": "python", "files": %s, "checks": %s}""".formatted(files, checks));
    }

    private ToolOutput report(String files, String checks) throws InterruptedException {
        Shell shell = (command, _) -> {
            scripts.add(command.script());
            return new Shell.Result(end, "said\n", Optional.empty(), Duration.ZERO);
        };
        return invocation(files, checks)
                .run(new ToolContext(
                        new ReadOnlyWorkspace(
                                new FilesInMemory(Map.of("a.py", "x = 1\n", "a.cob", "STOP RUN.\n")), shell),
                        Map.of(),
                        _ -> {}));
    }
}
