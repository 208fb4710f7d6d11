package dev.fettle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.workspace.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class SafetyCommandsTest {
    private final Terminal terminal = new Terminal();

    @Test
    void policyCheckSaysDecisionRuleAndReason() {
        assertEquals(8, terminal.type("policy", "check", "--", "rm", "-rf", "/"));
        assertEquals("""
                deny (rule: built-in:removal of root or home)
                This would remove the whole system or home directory. Name the files inside the workspace instead.
                """, terminal.out);
        assertEquals(0, terminal.type("policy", "check", "--json", "--", "ls"));
        assertEquals(
                "{\"command\":\"ls\",\"decision\":\"allow\",\"layer\":\"default\",\"rule\":\"sandbox\",\"reason\":\"\"}\n",
                terminal.out);
        assertEquals(8, terminal.type("policy", "check", "--reach", "network", "--", "npm", "ci"));
        assertTrue(terminal.out.startsWith("ask (rule: default:leaving the sandbox)"), terminal.out);
    }

    @Test
    void policyListShowsLayerAndRule() {
        assertEquals(0, terminal.type("policy", "list"));
        assertTrue(terminal.out.startsWith("built-in  deny   execute  removal of root or home\n"), terminal.out);
        assertEquals(0, terminal.type("policy", "list", "--json"));
        assertEquals(
                terminal.rulebook.rules().size(),
                JsonMapper.shared().readTree(terminal.out).size());
    }

    @Test
    void sandboxExecPassesOnOutputAndExitCode() {
        terminal.shellEnd = new Shell.End.Exited(3);
        assertEquals(3, terminal.type("sandbox", "exec", "--", "make test"));
        assertEquals("output\n", terminal.out);
        assertEquals("make test", terminal.lastScript);
    }

    @Test
    void severalWordsReachBashAsTheyWereGiven() {
        terminal.type("sandbox", "exec", "--", "echo", "it's", "a  b");
        assertEquals("echo 'it'\\''s' 'a  b'", terminal.lastScript);
    }

    @Test
    void sandboxExecTakesModeNetworkAndDirectory() {
        terminal.type("sandbox", "exec", "--mode", "read-only", "--network", "on", "--cwd", "/srv", "--", "ls");
        assertEquals(
                Map.of("AGENT_SANDBOX", "read-only", "AGENT_NETWORK", "on", "WORK_DIR", "/srv"),
                terminal.lastFlags.settings());
    }

    @Test
    void sandboxExecTellsTimeOutAndMemoryApart() {
        terminal.shellEnd = new Shell.End.TimedOut(Duration.ofSeconds(5));
        assertEquals(124, terminal.type("sandbox", "exec", "--timeout", "5", "--", "sleep 9"));
        assertTrue(terminal.err.contains("Timed out after 5 s"), terminal.err);
        terminal.shellEnd = new Shell.End.OutOfMemory(4L * 1024 * 1024 * 1024);
        assertEquals(137, terminal.type("sandbox", "exec", "--", "hog"));
        assertTrue(terminal.err.contains("4,096 MB"), terminal.err);
        assertEquals(2, terminal.type("sandbox", "exec", "--timeout", "0", "--", "ls"));
    }

    @Test
    void secretsScanListsFindingsMasked() {
        assertEquals(1, terminal.type("secrets", "scan", "somewhere"));
        assertEquals(".env:3: openai sk-…xyz\n", terminal.out);
        assertEquals(1, terminal.type("secrets", "scan", "--json"));
        assertEquals(
                3,
                JsonMapper.shared().readTree(terminal.out).get(0).path("line").asInt());
        assertEquals(0, terminal.type("secrets", "scan", "clean"));
        assertTrue(terminal.err.contains("Nothing found"), terminal.err);
    }

    @Test
    void trustNeedsAFileThatIsThere(@TempDir Path directory) throws IOException {
        terminal.directory = directory;
        assertEquals(2, terminal.type("trust"));
        assertTrue(terminal.err.contains("`.env` is not a file"), terminal.err);
        Files.writeString(directory.resolve(".env"), "LLM_MODEL=x");
        assertEquals(0, terminal.type("trust"));
        assertEquals(Path.of(".env"), terminal.trusted);
    }
}
