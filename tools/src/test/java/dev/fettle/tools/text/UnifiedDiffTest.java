package dev.fettle.tools.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class UnifiedDiffTest {

    @Test
    void numbersLinesAsTheyAreInTheFile() {
        String before = lines(1, 100);
        String after = before.replace("50\n", "50\n50a\n").replace("\n90\n", "\n");
        assertEquals(new UnifiedDiff(1, 1, """
                        @@ -49,4 +49,5 @@
                         49
                         50
                        +50a
                         51
                         52
                        @@ -88,5 +89,4 @@
                         88
                         89
                        -90
                         91
                         92""".indent(0).stripTrailing()), UnifiedDiff.between(before, after));
    }

    @Test
    void isEmptyWhenOnlyLineEndsDiffer() {
        assertEquals(new UnifiedDiff(0, 0, ""), UnifiedDiff.between("a\r\nb\r\n", "a\nb"));
    }

    @Test
    void isCutWhenLong() {
        UnifiedDiff diff = UnifiedDiff.between("", lines(1, 1000));
        assertEquals("+1000 -0", diff.summary());
        assertEquals(81, diff.hunks().lines().count());
        assertTrue(diff.hunks().endsWith("[… 921 more lines of diff cut; use read to see the file]"));
    }

    @Test
    void saysWhatIsNewInsteadOfComparingForEver() {
        UnifiedDiff diff = UnifiedDiff.between("x\n".repeat(50_000), "y\n".repeat(50_000));
        assertEquals(new UnifiedDiff(50_000, 50_000, "[diff too long to show: lines 1-50000 are new]"), diff);
    }

    private static String lines(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> i + "\n").collect(Collectors.joining());
    }
}
