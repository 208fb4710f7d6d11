package dev.fettle.core.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.workspace.FilesInMemory;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class InstructionsTest {
    private static final Instructions PLAIN =
            new Instructions("Linux, bash", LocalDate.of(2026, 11, 21), Optional.empty());
    private static final int MOST_BYTES = 32 * 1024;

    private static String afterEnvironment(Instructions instructions, Map<String, String> files) {
        String text = instructions.textFor(new FilesInMemory(files));
        return text.substring(text.indexOf("\nEnvironment\n"));
    }

    @Test
    void tellsTheModelWhereItIs() {
        assertEquals("""

                Environment
                - Workspace: /work/here (not a git repository)
                - Platform: Linux, bash
                - Date: 2026-11-21
                """, afterEnvironment(PLAIN, Map.of()));
        assertTrue(afterEnvironment(PLAIN, Map.of(".git/HEAD", "ref")).contains("/work/here (a git repository)"));
        assertTrue(PLAIN.textFor(new FilesInMemory(Map.of())).startsWith("You are Fettle, a coding agent."));
    }

    @Test
    void theSameWorkspaceAlwaysGivesTheSameBytes() {
        Map<String, String> files = Map.of("AGENTS.md", "Use tabs.", ".git/HEAD", "ref");

        assertEquals(PLAIN.textFor(new FilesInMemory(files)), PLAIN.textFor(new FilesInMemory(files)));
    }

    @Test
    void theUsersWishesComeBeforeTheProjects() {
        Instructions own =
                new Instructions("Linux, bash", LocalDate.of(2026, 11, 21), Optional.of("\nAnswer in German.\n\n"));

        String text = afterEnvironment(own, Map.of("AGENTS.md", "Use tabs.\n"));

        assertEquals("""

                The user's standing instructions
                Answer in German.

                The project's instructions (AGENTS.md)
                Use tabs.
                """, text.substring(text.indexOf("2026-11-21\n") + 11));
    }

    @Test
    void aLongProjectFileIsCutAndSaysSo() {
        String text = afterEnvironment(PLAIN, Map.of("AGENTS.md", "ß".repeat(MOST_BYTES / 2 + 5)));

        assertTrue(
                text.endsWith("ß\n[cut after 32768 of 32778 bytes; use read on AGENTS.md for the rest]\n"),
                text.substring(text.length() - 200));
        assertEquals(MOST_BYTES / 2, text.chars().filter(each -> each == 'ß').count());
    }

    @Test
    void aFileOfJustTheRightSizeIsWhole() {
        assertFalse(afterEnvironment(PLAIN, Map.of("AGENTS.md", "x".repeat(MOST_BYTES)))
                .contains("[cut"));
    }

    @Test
    void theCutDoesNotTearACharacter() {
        String text = afterEnvironment(PLAIN, Map.of("AGENTS.md", "x" + "€".repeat(MOST_BYTES)));

        assertFalse(text.contains("\uFFFD"), "a half character became a replacement character");
        assertTrue(text.contains("€\n[cut after 32767 of 98305 bytes"), text.substring(text.length() - 200));
    }

    @Test
    void aProjectFileThatLeadsOutOfTheWorkspaceIsMentionedAndNotRead() {
        String text = afterEnvironment(PLAIN, Map.of("AGENTS.md", "-> ../../etc/passwd"));

        assertTrue(text.endsWith("\n[not read: `AGENTS.md` leads out of the workspace]\n"), text);
    }

    @Test
    void aDirectoryOfThatNameIsNoProjectFile() {
        assertFalse(afterEnvironment(PLAIN, Map.of("AGENTS.md/x", "y")).contains("The project's instructions"));
    }
}
