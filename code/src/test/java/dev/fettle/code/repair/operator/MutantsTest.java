package dev.fettle.code.repair.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.code.repair.syntax.Source;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MutantsTest {
    private static final String PYTHON = """
            def find(items, wanted, start):
                if start is None:
                    return -1
                for i in range(start, len(items) - 1):
                    if items[i] == wanted and not items[0]:
                        return i
                # größer
                return find(items, wanted, start + 1) - wanted * 2
            """;

    private static final String JAVASCRIPT = """
            function find(items, wanted, start) {
                let total = 1;
                for (let i = 0; i < items.length; i++) {
                    if (items[i] !== wanted && !start) {
                        total += i;
                    }
                }
                return find(items, start, total);
            }
            """;

    private static final String JAVA = """
            class Finder {
                private int found;

                int find(int[] items, int wanted, String name) {
                    int total = 0;
                    for (int i = 1; i <= items.length; i++) {
                        if (items[i] > wanted || name == null) {
                            total -= items[i];
                        }
                    }
                    return Math.min(total, wanted);
                }
            }
            """;

    private static List<String> texts(String path, String text, Optional<FaultClass> fault)
            throws InterruptedException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Mutants.of(Source.of(path, bytes).orElseThrow()).stream()
                .filter(mutant -> fault.isEmpty() || mutant.fault() == fault.get())
                .map(mutant -> new String(Edit.apply(mutant.edits(), bytes), StandardCharsets.UTF_8))
                .toList();
    }

    private static void has(String path, String text, FaultClass fault, String old, String meant)
            throws InterruptedException {
        String wanted = text.replace(old, meant);
        assertTrue(!wanted.equals(text), old);
        assertTrue(texts(path, text, Optional.of(fault)).contains(wanted), fault + ": " + meant);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    COMPARISON ~ == wanted ~ != wanted
                    CONDITION ~ items[i] == wanted and not items[0] ~ items[i] == wanted
                    OPERATOR ~ wanted and not ~ wanted or not
                    NEGATION ~ not items[0] ~ items[0]
                    LOOP ~ range(start, len(items) - 1) ~ range(len(items) - 1)
                    LOOP ~ if items[i] == ~ if items[i + 1] ==
                    ARGUMENT ~ range(start, len ~ range(wanted, len
                    RECURSION ~ start + 1) ~ start + 1 - 1)
                    RECURSION ~ return find(items, wanted, start ~ return find(wanted, items, start
                    VARIABLE ~ items[i] == wanted ~ items[i] == start
                    CONSTANT ~ return -1 ~ return -0
                    OPERAND ~ find(items, wanted, start + 1) - wanted * 2 ~ wanted * 2 - find(items, wanted, start + 1)
                    RETURN ~ return i ~ return None
                    OFF_BY_ONE ~ items[i] == ~ items[i + 1] ==
                    """)
    void python(FaultClass fault, String old, String meant) throws InterruptedException {
        // Which class a loop's header and an index are of is a matter of taste; that they are tried is not.
        String wanted = PYTHON.replace(old, meant);
        assertTrue(texts("a.py", PYTHON, Optional.empty()).contains(wanted), fault + ": " + meant + " is never tried");
    }

    @Test
    void guardsAndMovesOfPythonKeepTheIndent() throws InterruptedException {
        has("a.py", PYTHON, FaultClass.GUARD, "    if start is", "    if not items: return -1\n    if start is");
        has("a.py", PYTHON, FaultClass.STATEMENT, "        return -1\n", "        pass\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    COMPARISON ~ !== wanted ~ === wanted
                    LOOP ~ i < items.length ~ i <= items.length
                    LOOP ~ let i = 0 ~ let i = 1
                    OPERATOR ~ += i ~ -= i
                    OPERATOR ~ && !start ~ || !start
                    NEGATION ~ !start ~ start
                    OFF_BY_ONE ~ items[i] ~ items[i - 1]
                    CONSTANT ~ total = 1 ~ total = 0
                    RECURSION ~ items, start, total ~ items, total, start
                    RETURN ~ return find(items, start, total) ~ return total
                    """)
    void javaScript(FaultClass fault, String old, String meant) throws InterruptedException {
        has("a.js", JAVASCRIPT, fault, old, meant);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    COMPARISON ~ items[i] > wanted ~ items[i] >= wanted
                    LOOP ~ i <= items.length ~ i < items.length
                    LOOP ~ int i = 1 ~ int i = 0
                    OPERATOR ~ -= items ~ += items
                    CONDITION ~ items[i] > wanted || name == null ~ items[i] > wanted
                    CALLEE ~ Math.min ~ Math.max
                    ARGUMENT ~ (total, wanted) ~ (wanted, total)
                    VARIABLE ~ min(total ~ min(found
                    RETURN ~ return Math.min(total, wanted) ~ return total
                    """)
    void java(FaultClass fault, String old, String meant) throws InterruptedException {
        has("A.java", JAVA, fault, old, meant);
    }

    @Test
    void javaStatementsAreMovedGuardedAndTakenAway() throws InterruptedException {
        has("A.java", JAVA, FaultClass.STATEMENT, "                total -= items[i];\n", "");
        has(
                "A.java",
                JAVA,
                FaultClass.GUARD,
                "        int total = 0;",
                "        if (items == null) return 0;\n        int total = 0;");
    }

    @Test
    void noTextIsProposedTwiceAndTheLikeliestComeFirst() throws InterruptedException {
        byte[] bytes = JAVA.getBytes(StandardCharsets.UTF_8);
        List<Mutant> mutants = Mutants.of(Source.of("A.java", bytes).orElseThrow());
        List<String> texts = texts("A.java", JAVA, Optional.empty());
        assertEquals(texts.size(), new HashSet<>(texts).size());
        assertTrue(!texts.contains(JAVA));
        assertTrue(mutants.getFirst().chance() >= mutants.getLast().chance());
        assertEquals(FaultClass.COMPARISON, mutants.getFirst().fault());
        assertEquals("off by one", FaultClass.OFF_BY_ONE.word());
    }

    @Test
    void whatIsNoProgramHasNoMutants() throws InterruptedException {
        assertEquals(Optional.empty(), Source.of("a.py", "def (".getBytes(StandardCharsets.UTF_8)));
        assertEquals(Optional.empty(), Source.of("a.rb", "1".getBytes(StandardCharsets.UTF_8)));
    }
}
