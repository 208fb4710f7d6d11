package dev.fettle.cli;

import static dev.fettle.testkit.Answers.call;
import static dev.fettle.testkit.Answers.calls;
import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.cli.host.Host;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventJson;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Session;
import dev.fettle.testkit.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CommandsTest {
    private final Terminal terminal = new Terminal();

    private Session talk(String prompt) {
        terminal.clock.advance(Duration.ofMinutes(1));
        terminal.model = ScriptedModel.answering(calls(call("echo", "{\"text\":\"hello\"}")), text("done"));
        assertEquals(0, terminal.type("run", "--yes", prompt), terminal.err);
        return terminal.sessions.list().getFirst();
    }

    @Test
    void aSessionIsCompactedOnDemand() {
        Session session = talk("say hello ".repeat(350));
        int before = terminal.sessions.history(session.id()).size();
        terminal.model = ScriptedModel.answering(text("It said hello."));
        assertEquals(0, terminal.type("sessions", "compact", "latest", "greetings"));
        assertTrue(terminal.err.contains("! the conversation was compacted: about "), terminal.err);
        List<LogEntry> history = terminal.sessions.history(session.id());
        assertEquals(before + 1, history.size());
        assertTrue(history.getLast().event() instanceof Event.Compacted compacted
                && compacted.by().equals("person")
                && compacted.text().contains("It said hello."));
        assertTrue(terminal.model.requests().getFirst().messages().toString().contains("greetings"));

        assertEquals(0, terminal.type("sessions", "compact", "latest"));
        assertTrue(terminal.err.contains("as short as it gets"), terminal.err);
    }

    @Test
    void helpNamesTheCommandsAndShowsExamples() {
        assertEquals(0, terminal.type("--help"));
        for (String word : List.of("run", "demo", "sessions", "config", "doctor", "completion", "Examples:")) {
            assertTrue(terminal.out.contains(word), word + " is missing in\n" + terminal.out);
        }
        assertEquals(0, terminal.type("run", "--help"));
        assertTrue(terminal.out.contains("Exit codes: 0 completed"), terminal.out);
        assertEquals(0, terminal.type("sessions", "list", "--help"));
        assertTrue(terminal.out.contains("--limit"), terminal.out);
    }

    @Test
    void helpFillsItsLines() {
        assertEquals(0, terminal.type("serve", "--help"));
        List<String> lines = terminal.out
                .lines()
                .dropWhile(line -> !line.startsWith("The first start"))
                .takeWhile(line -> !line.isBlank())
                .toList();
        assertTrue(lines.size() > 2, terminal.out);
        for (String line : lines.subList(0, lines.size() - 1)) {
            assertTrue(line.length() > 60, terminal.out);
        }
    }

    @Test
    void withoutACommandAndWithoutWordsTheMistakeIsNamed() {
        assertEquals(2, terminal.type());
        assertTrue(terminal.err.contains("fettle --help"), terminal.err);
        assertEquals(2, terminal.type("sessions"));
    }

    @Test
    void aMisspeltCommandGetsASuggestion() {
        assertEquals(2, terminal.type("rnu", "go"));
        assertTrue(terminal.err.contains("run"), terminal.err);
        assertEquals(2, terminal.type("run", "--output", "xml", "go"));
        assertTrue(terminal.err.contains("xml"), terminal.err);
    }

    @Test
    void theVersionIsPrinted() {
        assertEquals(0, terminal.type("--version"));
        assertEquals("fettle 1.2.3\n", terminal.out);
    }

    @Test
    void completionIsAScript() {
        assertEquals(0, terminal.type("completion"));
        assertTrue(terminal.out.contains("complete -F"), terminal.out);
        String bash = terminal.out;
        assertEquals(0, terminal.type("completion", "zsh"));
        assertEquals(bash, terminal.out);
    }

    @Test
    void fishIsToldOfCommandsWithinCommandsAndOfTheirOptions() {
        assertEquals(0, terminal.type("completion", "fish"));
        for (String line : List.of(
                "complete -c fettle -n '__fish_use_subcommand' -a 'run' -d 'Let the agent do a task in this directory and exit.'",
                "complete -c fettle -n '__fish_seen_subcommand_from run' -s y -l yes -d 'Approve everything that would be asked.'",
                "complete -c fettle -n '__fish_seen_subcommand_from run' -s o -l output -x -a 'text json jsonl' -d 'text, json or jsonl (default: text).'",
                "complete -c fettle -n '__fish_seen_subcommand_from sessions; and not __fish_seen_subcommand_from ")) {
            assertTrue(terminal.out.contains(line), () -> line + "\n" + terminal.out);
        }
    }

    @Test
    void theManualPageHasEveryCommand() {
        assertEquals(0, terminal.type("man"));
        assertTrue(terminal.out.startsWith(".TH FETTLE 1 \"\" \"fettle 1.2.3\""), terminal.out);
        assertTrue(terminal.out.contains(".SH \"FETTLE SESSIONS SHOW\""), terminal.out);
        assertTrue(terminal.out.contains(".TP\n\\fB7\\fR\nlimit_budget"), terminal.out);
        terminal.out.lines().forEach(line -> assertFalse(line.startsWith("'"), line));
    }

    @Test
    void sessionsAreListedTheLatestFirst() {
        Session first = talk("first task");
        Session second = talk("second task");
        assertEquals(0, terminal.type("sessions", "list"));
        assertEquals(
                List.of(second.id().value(), first.id().value()),
                terminal.out.lines().map(line -> line.substring(0, 36)).toList());
        assertEquals(0, terminal.type("sessions", "list", "--limit", "1"));
        assertEquals(1, terminal.out.lines().count());
        assertTrue(terminal.err.contains("1 more"), terminal.err);
        assertEquals(0, terminal.type("sessions", "list", "--json"));
        JsonNode rows = JsonMapper.shared().readTree(terminal.out);
        assertEquals("second task", rows.get(0).path("title").asString());
        assertEquals("completed", rows.get(0).path("status").asString());
    }

    @Test
    void aSessionIsShownAsAPersonWouldReadIt() {
        talk("say hello");
        assertEquals(0, terminal.type("sessions", "show", "latest"));
        for (String part :
                List.of("> say hello", "› echo hello", "│ hello", "allowed to run: echo hello", "[completed]")) {
            assertTrue(terminal.out.contains(part), part + " is missing in\n" + terminal.out);
        }
    }

    @Test
    void anExportHoldsEveryEvent(@TempDir Path directory) throws IOException {
        Session session = talk("say hello");
        String expected = terminal.sessions.history(session.id()).stream()
                .map(EventJson::writeEntry)
                .collect(Collectors.joining("\n", "", "\n"));
        assertEquals(0, terminal.type("sessions", "export", session.id().value()));
        assertEquals(expected, terminal.out);
        Path file = directory.resolve("session.jsonl");
        assertEquals(0, terminal.type("sessions", "export", "latest", "-o", file.toString()));
        assertEquals(expected, Files.readString(file));
        assertEquals(2, terminal.type("sessions", "export", "latest", "-o", file.toString()));
        assertTrue(terminal.err.contains("exists already"), terminal.err);
        assertEquals(
                1,
                terminal.type(
                        "sessions",
                        "export",
                        "latest",
                        "-o",
                        directory.resolve("no/such").toString()));
    }

    @Test
    void renameForkAndDeleteDoWhatTheySay() {
        Session session = talk("say hello");
        assertEquals(0, terminal.type("sessions", "rename", "latest", "A better title"));
        assertEquals(
                "A better title",
                terminal.sessions.find(session.id()).orElseThrow().title());
        assertEquals(2, terminal.type("sessions", "rename", "latest", " "));

        terminal.clock.advance(Duration.ofMinutes(1));
        assertEquals(0, terminal.type("sessions", "fork", "latest"));
        Session fork = terminal.sessions.list().getFirst();
        assertEquals(fork.id() + "\n", terminal.out);
        assertEquals(Optional.of(session.id()), fork.parent());

        assertEquals(2, terminal.type("sessions", "delete", fork.id().value()));
        assertEquals(0, terminal.type("sessions", "delete", "--yes", fork.id().value()));
        assertEquals(
                List.of(session.id()),
                terminal.sessions.list().stream().map(Session::id).toList());
        terminal.isTerminal = true;
        terminal.stdin = "y\n";
        assertEquals(0, terminal.type("sessions", "delete", "latest"));
        assertEquals(List.of(), terminal.sessions.list());
        assertEquals(List.of("ann", "ann"), terminal.forgotten);
    }

    @Test
    void anAmbiguousOrUnknownSessionIsAUsageError() {
        talk("one");
        talk("two");
        assertEquals(2, terminal.type("sessions", "show", "ses_"));
        assertTrue(terminal.err.contains("begins the ids of 2 sessions"), terminal.err);
        assertEquals(2, terminal.type("sessions", "show", "ses_f"));
    }

    @Test
    void repairReportsWhatWasSalvaged() {
        assertEquals(0, terminal.type("sessions", "repair"));
        assertEquals("Salvaged 3 sessions\n", terminal.out);
    }

    @Test
    void configShowsValueAndLayer() {
        assertEquals(0, terminal.type("config", "show", "--temperature", "0.5"));
        assertTrue(
                terminal.out.lines().anyMatch(line -> line.matches("LLM_MODEL +anthropic/claude +environment +model")));
        assertTrue(terminal.out.lines().anyMatch(line -> line.matches("LOG_FILE +- +unset +log file")), terminal.out);
        assertEquals(Map.of("LLM_TEMPERATURE", "0.5"), terminal.lastFlags.settings());
        assertEquals(0, terminal.type("config", "show", "--json"));
        assertEquals(
                "environment",
                JsonMapper.shared().readTree(terminal.out).get(0).path("layer").asString());
    }

    @Test
    void doctorFailsOnlyOnAProblem() {
        Host.Finding fine = new Host.Finding(Host.Finding.Level.OK, "java", "25", "");
        Host.Finding warning = new Host.Finding(Host.Finding.Level.WARNING, "git", "not there", "apt install git");
        Host.Finding problem = new Host.Finding(Host.Finding.Level.PROBLEM, "model", "no key", "export KEY=…");
        terminal.findings = List.of(fine, warning);
        assertEquals(0, terminal.type("doctor"));
        assertTrue(terminal.out.contains("→ apt install git"), terminal.out);
        terminal.findings = List.of(fine, problem);
        assertEquals(1, terminal.type("doctor"));
        assertTrue(terminal.out.contains("✗ model"), terminal.out);
    }

    @Test
    void aBugIsReportedWithoutAStackUnlessAskedFor() {
        terminal.model = new ScriptedModel(List.of(_ -> {
            throw new IllegalStateException("oops");
        }));
        assertEquals(1, terminal.type("run", "go"));
        assertTrue(terminal.err.contains("This should not have happened: java.lang.IllegalStateException: oops"));
        assertTrue(terminal.err.lines().noneMatch(line -> line.startsWith("\tat ")), terminal.err);
        terminal.model = new ScriptedModel(List.of(_ -> {
            throw new IllegalStateException("oops");
        }));
        assertEquals(1, terminal.type("run", "--debug", "go"));
        assertTrue(terminal.err.lines().anyMatch(line -> line.startsWith("\tat ")), terminal.err);
    }
}
