package dev.fettle.core.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FilePathTest {
    @Test
    void whatIsNotNormalisedIsRefused() {
        for (String value :
                List.of("/", "/etc", "a/", "..", "../a", "a/..", "a/../b", ".", "./a", "a/.", "a/./b", "a//b")) {
            assertEquals(
                    "Not a normalised relative path: `%s`".formatted(value),
                    assertThrows(IllegalArgumentException.class, () -> new FilePath(value), value)
                            .getMessage());
        }
    }

    @Test
    void dotsInsideANameAreAName() {
        for (String value : List.of("", ".git", "a..b", "...", "a/.hidden/..b", "a/b..")) {
            assertEquals(value, new FilePath(value).value());
        }
    }

    @Test
    void goesDownAndUp() {
        FilePath file = FilePath.ROOT.resolve("src").resolve("main/App.java");

        assertEquals(new FilePath("src/main/App.java"), file);
        assertEquals("App.java", file.name());
        assertEquals(new FilePath("src/main"), file.parent());
        assertEquals(FilePath.ROOT, new FilePath("src").parent());
        assertThrows(IllegalArgumentException.class, () -> file.resolve("../../../x"));
    }

    @Test
    void theRootIsShownAsADot() {
        assertTrue(FilePath.ROOT.isRoot());
        assertFalse(new FilePath("a").isRoot());
        assertEquals(".", FilePath.ROOT.toString());
        assertEquals("a/b", new FilePath("a/b").toString());
    }

    @Test
    void sortsByText() {
        assertEquals(
                List.of(FilePath.ROOT, new FilePath("a"), new FilePath("a/b"), new FilePath("b")),
                List.of(new FilePath("b"), new FilePath("a/b"), FilePath.ROOT, new FilePath("a")).stream()
                        .sorted()
                        .toList());
    }

    @Test
    void anEntryKnowsItsKind() {
        FileInfo file = new FileInfo(new FilePath("a"), FileInfo.Kind.FILE, 1, Instant.EPOCH);
        FileInfo directory = new FileInfo(new FilePath("d"), FileInfo.Kind.DIRECTORY, 0, Instant.EPOCH);

        assertTrue(file.isFile() && !file.isDirectory());
        assertTrue(directory.isDirectory() && !directory.isFile());
    }
}
