package dev.fettle.cli;

import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.workspace.worktree.Merge;
import dev.fettle.core.workspace.worktree.Worktree;
import dev.fettle.testkit.ScriptedModel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class WorktreeCommandTest {
    private final Terminal terminal = new Terminal();
    private final Worktree fix = new Worktree("fix", Path.of("/trees/fix"), Path.of("/trees/fix/sub"), 2, true);

    @BeforeEach
    void make() {
        terminal.worktrees.all.add(fix);
        terminal.sessions.create("/trees/fix/sub", "mend the cart");
    }

    @Test
    void listsThem() {
        assertEquals(0, terminal.type("worktree", "list"));
        assertEquals("fix                     2 commit(s) and more  /trees/fix\n", terminal.out);
        assertEquals(0, terminal.type("worktree", "list", "--json"));
        assertEquals(
                "fettle/fix",
                JsonMapper.shared().readTree(terminal.out).get(0).path("branch").asString());
    }

    @Test
    void mergesWithTheTitleOfTheSessionThere() {
        assertEquals(0, terminal.type("worktree", "merge", "fix"));
        assertEquals("Merged 2 commit(s) of fettle/fix; the worktree is removed.\n  a.txt\n", terminal.out);
        assertEquals("mend the cart", terminal.worktrees.title);
        assertEquals(0, terminal.type("worktree", "merge", "fix", "--json"));
        assertTrue(terminal.out.contains("\"status\" : \"done\""), terminal.out);
    }

    @Test
    void saysWhatIsInTheWayOfAMerge() {
        terminal.worktrees.merge = new Merge.Refused("Both have changed the same lines", List.of("a.txt"));
        assertEquals(1, terminal.type("worktree", "merge", "fix"));
        assertTrue(terminal.err.startsWith("Not merged. Both have changed the same lines:\n  a.txt\n"), terminal.err);
        assertEquals(1, terminal.type("worktree", "merge", "fix", "--json"));
        terminal.worktrees.merge = new Merge.Nothing();
        assertEquals(0, terminal.type("worktree", "merge", "fix"));
        assertEquals(0, terminal.type("worktree", "merge", "fix", "--json"));
    }

    @Test
    void discardsWhatWouldBeLostOnlyAfterAYes() {
        assertEquals(2, terminal.type("worktree", "discard", "fix"));
        terminal.isTerminal = true;
        terminal.stdin = "n\n";
        assertEquals(2, terminal.type("worktree", "discard", "fix"));
        terminal.stdin = "y\n";
        assertEquals(0, terminal.type("worktree", "discard", "fix"));
        assertEquals(List.of(), terminal.worktrees.all);
        assertEquals(2, terminal.type("worktree", "discard", "fix"));
    }

    @Test
    void aRunWorksThereAndSaysSo() {
        terminal.model = ScriptedModel.answering(text("Done."), text("Done."));
        assertEquals(0, terminal.type("run", "--worktree=fix", "mend it"), terminal.err);
        assertEquals("/trees/fix/sub", terminal.lastFlags.settings().get("WORK_DIR"));
        assertTrue(terminal.err.contains("works in /trees/fix on fettle/fix"), terminal.err);
        assertEquals(0, terminal.type("run", "--worktree", "mend the other cart"), terminal.err);
        assertTrue(
                terminal.err.contains("works in /trees/work-1 on fettle/work-1, without your changes"), terminal.err);
    }
}
