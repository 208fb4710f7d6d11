package dev.fettle.app;

import static dev.fettle.testkit.Answers.call;
import static dev.fettle.testkit.Answers.calls;
import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.testkit.server.FakeModelServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Rules from files and answers, over the real grammar.
@Timeout(120)
class PolicyTest {
    private static final String DENY_NPM = """
            {"rules": [{"tool": "execute", "match": ["npm"], "decision": "deny", "reason": "Use make."}]}
            """;

    @TempDir
    private Path directory = Path.of("");

    private Installation fettle;

    @BeforeEach
    void install() {
        fettle = new Installation(directory);
        fettle.environment.put("AGENT_SANDBOX", "none");
    }

    @Test
    void aUsersRuleDecides() throws IOException {
        Files.writeString(fettle.home.resolve("policy.json"), DENY_NPM);
        assertEquals(8, fettle.type("policy", "check", "--", "cd web && sudo npm test"));
        assertEquals("deny (rule: user:npm)\nUse make.\n", fettle.out);
        assertEquals(8, fettle.type("policy", "check", "--", "make"));
        assertTrue(fettle.out.startsWith("ask (rule: default:no sandbox)"), fettle.out);
        assertEquals(0, fettle.type("policy", "list"));
        assertTrue(fettle.out.contains("user      deny   execute  npm\n"), fettle.out);
    }

    @Test
    void aProjectMayTightenAndNothingElse() throws IOException {
        Path rules = Files.createDirectory(fettle.project.resolve(".fettle")).resolve("policy.json");
        Files.writeString(rules, DENY_NPM);
        assertEquals(8, fettle.type("policy", "check", "--", "npm", "test"));
        assertTrue(fettle.out.startsWith("deny (rule: project:npm)"), fettle.out);
        Files.writeString(rules, DENY_NPM.replace("deny", "allow"));
        assertEquals(2, fettle.type("policy", "check", "--", "npm", "test"));
        assertTrue(fettle.err.contains("a project's file may only ask or deny"), fettle.err);
    }

    @Test
    void rulesOfAProjectThatAreSomewhereElseAreRefused() throws IOException {
        Files.createDirectory(fettle.project.resolve(".fettle"));
        Files.createSymbolicLink(fettle.project.resolve(".fettle/policy.json"), directory.resolve("elsewhere"));
        assertEquals(2, fettle.type("policy", "list"));
        assertTrue(fettle.err.contains("is a link"), fettle.err);
    }

    @Test
    void aFileWithMistakesStopsARunBeforeItBegins() throws IOException {
        Files.writeString(fettle.home.resolve("policy.json"), DENY_NPM.replace("match", "mach"));
        try (FakeModelServer server = FakeModelServer.answering(text("done"))) {
            assertEquals(2, fettle.withAnthropic(server).type("run", "go"));
            assertTrue(fettle.err.contains("has no `mach`; did you mean `match`?"), fettle.err);
            assertTrue(server.requests().isEmpty());
        }
    }

    @Test
    void aYesForTheProjectIsNotAskedAgainThereInLaterRuns() throws IOException {
        String twice = "{\"command\":\"echo ready\"}";
        fettle.isTerminal = true;
        fettle.stdin = "p\n";
        try (FakeModelServer server =
                FakeModelServer.answering(calls(call("bash", twice)), calls(call("bash", twice)), text("done"))) {
            assertEquals(0, fettle.withAnthropic(server).type("run", "go"), fettle.err);
        }
        fettle.isTerminal = false;
        fettle.stdin = "";
        assertEquals(0, fettle.type("policy", "check", "--", "echo ready"), fettle.out);
        assertEquals("allow (rule: user:echo ready)\n", fettle.out);
        assertEquals(8, fettle.type("policy", "check", "-C", directory.toString(), "--", "echo ready"));
        assertFalse(fettle.out.contains("user:"), fettle.out);
    }

    @Test
    void everyDecisionIsInTheLog() {
        fettle.environment.put("AGENT_SANDBOX", "workspace-write");
        try (FakeModelServer server = FakeModelServer.answering(
                calls(call("write", "{\"path\":\"a\",\"content\":\"x\"}")),
                calls(call("write", "{\"path\":\".git/config\",\"content\":\"x\"}")),
                calls(call("bash", "{\"command\":\"rm -rf /\"}")),
                text("done"))) {
            assertEquals(0, fettle.withAnthropic(server).type("run", "--output", "jsonl", "go"), fettle.err);
        }
        assertEquals(
                List.of("default:workspace", "built-in:git internals", "built-in:removal of root or home"),
                fettle.out
                        .lines()
                        .filter(line -> line.contains("permission_decided"))
                        .map(line -> line.replaceFirst(".*\"rule\":\"([^\"]*)\".*", "$1"))
                        .toList());
    }
}
