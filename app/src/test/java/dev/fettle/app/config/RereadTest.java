package dev.fettle.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RereadTest {
    @TempDir
    private Path directory = Path.of("");

    private int readings;

    private String read(Path file) {
        readings++;
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFileIsReadAgainWhenItComesChangesOrGoesAndOnlyThen() throws Exception {
        Path file = directory.resolve("a.env");
        Reread<String> reread = new Reread<>(List.of(directory.resolve("other"), file), () -> read(file));
        assertEquals("", reread.get());
        Files.writeString(file, "one");
        assertEquals("one", reread.get());
        assertEquals("one", reread.get());
        assertEquals(2, readings);

        Files.writeString(file, "two");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));
        assertEquals("two", reread.get());
        Files.delete(file);
        assertEquals("", reread.get());
    }

    @Test
    void aReadingThatFailsIsTriedAgain() {
        Reread<String> reread = new Reread<>(List.of(), () -> {
            if (readings++ == 0) {
                throw new IllegalStateException("for once");
            }
            return "read";
        });
        assertThrows(IllegalStateException.class, reread::get);
        assertEquals("read", reread.get());
    }
}
