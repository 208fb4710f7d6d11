package dev.fettle.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fettle.core.workspace.FilesInMemory;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Files in memory are all of 1970.
class RecentChangesTest {
    @Test
    void namesWhatIsYoungerThanTheMoment() {
        FilesInMemory files = new FilesInMemory(Map.of("b.txt", "b", "a.txt", "a"));

        assertEquals("Changed since it began: a.txt, b.txt.", RecentChanges.since(files, Instant.EPOCH));
        assertEquals(
                "No file here has changed since it began, as far as can be seen.",
                RecentChanges.since(files, Instant.EPOCH.plusSeconds(10)));
    }

    @Test
    void namesTwentyAndCountsTheRest() {
        FilesInMemory files = new FilesInMemory(
                IntStream.range(10, 35).boxed().collect(Collectors.toMap(i -> "f" + i, i -> "content " + i)));

        String sentence = RecentChanges.since(files, Instant.EPOCH);

        assertEquals("f29 and 5 more.", sentence.substring(sentence.indexOf("f29")));
    }
}
