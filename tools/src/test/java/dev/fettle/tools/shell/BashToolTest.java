package dev.fettle.tools.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.permission.Permission;
import dev.fettle.tools.ToolFixture;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BashToolTest {
    @TempDir
    Path directory;

    private final BashTool bash = new BashTool();
    private ToolFixture tools;

    @BeforeEach
    void open() {
        tools = new ToolFixture(directory);
    }

    @Test
    void answersTheOutput() throws Exception {
        assertEquals(tools.root() + "\nerror", run("pwd; echo error >&2"));
    }

    @Test
    void tellsANonZeroExitCode() throws Exception {
        assertEquals("no\n[exit code 3]", run("echo no; exit 3"));
        assertEquals("[exit code 1]", run("false"));
    }

    @Test
    void saysThatThereWasNoOutput() throws Exception {
        assertEquals("[no output]", run("true"));
    }

    @Test
    void tellsATimeoutAfterTheOutputSoFar() throws Exception {
        assertEquals(
                "begun\n[timed out after 1 s; everything it started was killed. Set timeout_s if it needs longer.]",
                tools.text(bash, Map.of("command", "echo begun; sleep 1000", "timeout_s", 1)));
    }

    @Test
    void refusesCommandsAndTimesThatMakeNoSense() {
        assertEquals("`command` is empty. Say what to run.", tools.refusal(bash, Map.of("command", " ")));
        assertEquals(
                "`timeout_s` is 601; it has to be from 1 to 600.",
                tools.refusal(bash, Map.of("command", "true", "timeout_s", 601)));
        assertTrue(
                tools.refusal(bash, Map.of("command", "true", "timeout_s", 0)).contains("from 1"));
    }

    @Test
    void asksToRunTheCommand() {
        assertEquals(
                List.of(new Permission.Execute("rm -rf x")),
                bash.prepare("{\"command\":\"rm -rf x\"}").permissions());
    }

    private String run(String command) throws InterruptedException {
        return tools.text(bash, Map.of("command", command));
    }
}
