package dev.fettle.app;

import static dev.fettle.testkit.Answers.call;
import static dev.fettle.testkit.Answers.calls;
import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.testkit.server.FakeModelServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A session in a tree of its own, from its first turn to the merge, with commands in the sandbox where there is one.
@Timeout(120)
class WorktreeTest {
    private static final String EDIT = "{\"path\":\"greeting.txt\",\"edits\":[{\"old\":\"helo\",\"new\":\"hello\"}]}";

    @TempDir
    private Path directory = Path.of("");

    private Installation fettle;

    @BeforeEach
    void install() throws Exception {
        fettle = new Installation(directory);
        if (fettle.type("sandbox", "exec", "--", "true") != 0) {
            fettle.environment.put("AGENT_SANDBOX", "none");
        }
        Files.writeString(directory.resolve(".gitconfig"), "[user]\n\tname = Ada\n\temail = ada@example.org\n");
        Files.writeString(fettle.project.resolve("greeting.txt"), "helo world\n");
        git("init -q -b main && git add . && git commit -qm first");
    }

    private String git(String script) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-ec", "git " + script).directory(fettle.project.toFile());
        builder.redirectErrorStream(true);
        builder.environment().putAll(Map.of("HOME", directory.toString(), "GIT_CONFIG_NOSYSTEM", "1"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(0, process.waitFor(), output);
        return output;
    }

    private JsonNode worktrees() {
        assertEquals(0, fettle.type("worktree", "list", "--json"), fettle.err);
        return JsonMapper.shared().readTree(fettle.out);
    }

    @Test
    void worksBesideTheUsersTreeAndIsMerged() throws Exception {
        try (FakeModelServer server = FakeModelServer.answering(
                calls(call("edit", EDIT)),
                calls(call("bash", "{\"command\":\"git status --short && git branch --show-current\"}")),
                text("Mended."),
                calls(call("write", "{\"path\":\"more.txt\",\"content\":\"more\\n\"}")),
                text("More."))) {
            fettle.withAnthropic(server);
            Files.writeString(fettle.project.resolve("mine.txt"), "mine\n");

            assertEquals(0, fettle.type("run", "--yes", "--worktree=fix", "mend the greeting"), fettle.err);

            assertTrue(fettle.err.contains("on fettle/fix, without your changes that are not committed"), fettle.err);
            assertTrue(server.requests().getLast().text().contains("M greeting.txt\\nfettle/fix"));
            assertEquals("helo world\n", Files.readString(fettle.project.resolve("greeting.txt")));
            assertEquals(
                    0, fettle.type("run", "--yes", "--worktree", "fix", "--continue", "and more of it"), fettle.err);
            assertTrue(server.requests().getLast().text().contains("mend the greeting"));
            assertEquals(
                    "[fix] 0 true",
                    "[%s] %d %s"
                            .formatted(
                                    worktrees().get(0).path("name").asString(),
                                    worktrees().get(0).path("commits").asInt(),
                                    worktrees().get(0).path("dirty").asBoolean()));
            assertEquals(2, fettle.type("worktree", "discard", "fix"));

            assertEquals(0, fettle.type("worktree", "merge", "fix"), fettle.err);

            assertEquals("""
                    Merged 1 commit(s) of fettle/fix; the worktree is removed.
                      greeting.txt
                      more.txt
                    """, fettle.out);
            assertEquals("hello world\n", Files.readString(fettle.project.resolve("greeting.txt")));
            assertEquals("mend the greeting by Ada", git("log -1 --format='%s by %an'"));
            assertEquals("?? mine.txt", git("status --porcelain"));
            assertEquals(0, worktrees().size());
        }
    }

    @Test
    void aConflictIsListedAndDiscardingAsks() throws Exception {
        try (FakeModelServer server = FakeModelServer.answering(calls(call("edit", EDIT)), text("Mended."))) {
            assertEquals(0, fettle.withAnthropic(server).type("run", "--worktree", "mend the greeting"), fettle.err);
            Files.writeString(fettle.project.resolve("greeting.txt"), "hi world\n");

            assertEquals(1, fettle.type("worktree", "merge", "work-1"));
            assertTrue(fettle.err.contains("not committed:\n  greeting.txt\n"), fettle.err);
            git("commit -qam hi");
            assertEquals(1, fettle.type("worktree", "merge", "work-1", "--json"));
            assertEquals(
                    "greeting.txt",
                    JsonMapper.shared()
                            .readTree(fettle.out)
                            .path("files")
                            .get(0)
                            .asString());
            assertEquals("hi world\n", Files.readString(fettle.project.resolve("greeting.txt")));

            assertEquals(2, fettle.type("worktree", "discard", "work-1"));
            assertTrue(fettle.err.contains("1 commit(s)"), fettle.err);
            assertEquals(0, fettle.type("worktree", "discard", "work-1", "--yes"), fettle.err);
            assertEquals(2, fettle.type("worktree", "merge", "work-1"));
        }
    }

    @Test
    void whatIsConfiguredToRunInARepositoryStaysInTheSandbox() throws Exception {
        Path ran = directory.resolve("ran");
        git("config filter.evil.smudge 'touch %s; cat' && git config merge.evil.driver 'touch %s'".formatted(ran, ran));
        Files.writeString(fettle.project.resolve(".gitattributes"), "* filter=evil merge=evil\n");
        git("add . && git commit -qm attributes");
        Files.deleteIfExists(ran);
        try (FakeModelServer server = FakeModelServer.answering(calls(call("edit", EDIT)), text("Mended."))) {
            assertEquals(0, fettle.withAnthropic(server).type("run", "--worktree=w", "mend it"), fettle.err);
            assertEquals(0, fettle.type("worktree", "merge", "w"), fettle.err);
        }
        assertEquals(fettle.environment.containsKey("AGENT_SANDBOX"), Files.exists(ran));
        assertFalse(Files.exists(fettle.project.resolve(".git/fettle-carried.bundle")));
    }

    @Test
    void outsideOfARepositoryThereIsNone() throws IOException {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        assertEquals(1, fettle.type("run", "--worktree=w", "-C", elsewhere.toString(), "mend it"));
        assertTrue(fettle.err.contains("is in no git repository"), fettle.err);
    }
}
