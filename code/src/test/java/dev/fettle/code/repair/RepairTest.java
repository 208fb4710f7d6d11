package dev.fettle.code.repair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fettle.code.Workshop;
import dev.fettle.code.debug.Complaint;
import dev.fettle.code.debug.Findings;
import dev.fettle.code.debug.Investigation;
import dev.fettle.code.repair.operator.Edit;
import dev.fettle.code.repair.operator.FaultClass;
import dev.fettle.code.repair.operator.Mutant;
import dev.fettle.code.repair.trial.Trials;
import dev.fettle.code.repair.trial.Workers;
import dev.fettle.code.runner.TestBench;
import dev.fettle.code.runner.tool.KnownRunners;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.testkit.project.Poms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Searches in real projects with real commands.
@Timeout(240)
class RepairTest {
    private static final Duration TIME = Duration.ofSeconds(90);

    @TempDir
    private Path directory = Path.of("");

    private Workshop workshop;
    private TestBench bench;
    private Repair repair;

    @BeforeEach
    void open() {
        workshop = new Workshop(directory);
        bench = new TestBench(workshop.workspace(), workshop.workspace().shell(), _ -> {});
        repair = new Repair(bench);
    }

    private static void needs(String... programs) {
        for (String each : programs) {
            assumeTrue(Workshop.has(each), "needs " + each);
        }
    }

    private Findings findings(Complaint complaint) throws InterruptedException {
        return new Investigation(bench, KnownRunners.ALL, Duration.ofMinutes(2)).of(complaint);
    }

    private Searched searched() throws InterruptedException {
        return repair.search(findings(new Complaint.Tests(".")), TIME);
    }

    @Test
    void mendsPythonInForks() throws InterruptedException, IOException {
        needs("python3");
        workshop.withPythonCart();
        String before = Files.readString(workshop.root().resolve("cart.py"));
        Searched searched = searched();
        Patch patch = searched.patch().orElseThrow(() -> new AssertionError(searched.text()));
        assertEquals("cart.py", patch.path());
        assertTrue(patch.diff().contains("-    for price in prices[1:]:"), patch.diff());
        assertEquals("forks of Python", searched.effort().worker());
        assertTrue(searched.text().contains("That does not make it right"), searched.text());
        assertEquals(before, Files.readString(workshop.root().resolve("cart.py")), "nothing is applied unasked");

        patch.applyTo(workshop.workspace());
        assertEquals(
                Findings.Verdict.NOTHING_FAILS,
                findings(new Complaint.Tests(".")).verdict());
    }

    @Test
    void mendsJavaScriptInThreads() throws InterruptedException {
        needs("node");
        workshop.put("package.json", "{\"scripts\":{\"test\":\"node --test\"}}")
                .put("stack.js", """
                        function depth(text) {
                            let deepest = 0;
                            let open = 0;
                            for (const c of text) {
                                if (c === '(') {
                                    open++;
                                } else if (c === ')') {
                                    open++;
                                }
                                deepest = Math.max(deepest, open);
                            }
                            return deepest;
                        }

                        module.exports = { depth };
                        """)
                .put("test/stack.test.js", """
                        const test = require('node:test');
                        const assert = require('node:assert');
                        const { depth } = require('../stack.js');

                        test('nothing is flat', () => assert.equal(depth(''), 0));
                        test('one is one deep', () => assert.equal(depth('(a'), 1));
                        test('those beside each other count once', () => assert.equal(depth('()()'), 1));
                        """);
        Searched searched = searched();
        Patch patch = searched.patch().orElseThrow(() -> new AssertionError(searched.text()));
        assertEquals("threads of Node", searched.effort().worker());
        assertTrue(patch.diff().contains("-            open++;\n+            open--;"), patch.diff());
    }

    @Test
    void mendsJavaInClassLoaders() throws InterruptedException {
        needs("mvn", "javac");
        workshop.withJavaCart(Poms.JUNIT);
        Findings findings = findings(new Complaint.Tests("."));
        assumeTrue(
                findings.verdict() == Findings.Verdict.REPRODUCED
                        && !findings.failures().isEmpty(),
                "needs Maven's plugins: " + findings.run());
        Searched searched = repair.search(findings, TIME);
        Patch patch = searched.patch().orElseThrow(() -> new AssertionError(searched.text()));
        assertEquals("class loaders", searched.effort().worker());
        assertTrue(patch.diff().contains("-        for (int i = 1; i < prices.length; i++) {"), patch.diff());
    }

    @Test
    void mendsWhatACommandTests() throws InterruptedException {
        needs("python3");
        workshop.put("half.py", """
                def half(n):
                    return n * 2


                assert half(10) == 5, half(10)
                assert half(4) == 2
                """);
        Searched searched = repair.search(findings(new Complaint.Tests("half.py")), TIME);
        Patch patch = searched.patch().orElseThrow(() -> new AssertionError(searched.text()));
        assertEquals("the command", searched.effort().worker());
        assertTrue(patch.diff().contains("+    return n / 2"), patch.diff());
    }

    private static final String FLAG = """
            import unittest
            from flag import answer


            class FlagTest(unittest.TestCase):
                def test_answer(self):
                    self.assertEqual(answer(3), 3)

                def test_nothing(self):
                    self.assertEqual(answer(0), 0)
            """;

    @Test
    void mutantsThatHangOrDeleteFilesStopNothing() throws InterruptedException {
        needs("python3");
        workshop.put("tests/test_flag.py", FLAG).put("notes/kept.txt", "kept").put("flag.py", """
                import shutil


                def answer(n):
                    while n < 0:
                        n = n
                    if n == -5:
                        shutil.rmtree("notes")
                        shutil.rmtree("tests")
                    total = 0
                    for i in range(n):
                        total += 2
                    return total
                """);
        Searched searched = searched();
        Patch patch = searched.patch().orElseThrow(() -> new AssertionError(searched.text()));
        assertTrue(patch.diff().contains("+        total += 1"), patch.diff());
        assertTrue(Files.exists(workshop.root().resolve("notes/kept.txt")));
    }

    @Test
    void aMutantThatHangsCostsItsTimeAndNoMore() throws InterruptedException {
        needs("python3");
        workshop.put("tests/test_flag.py", FLAG).put("flag.py", "def answer(n):\n    return n + 1\n");
        Findings findings = findings(new Complaint.Tests("."));
        byte[] file = "def answer(n):\n    return n + 1\n".getBytes(StandardCharsets.UTF_8);
        Mutant hanging = mutant(file, "n + 1", "[0 for _ in iter(int, 1)]");
        Mutant ending = mutant(file, "n + 1", "__import__('os')._exit(0)");
        Mutant broken = mutant(file, "n + 1", "n +");
        Mutant right = mutant(file, "n + 1", "n");
        Trials trials =
                new Trials(bench.shell(), FilePath.ROOT, Workers.of(findings).getFirst(), Duration.ofMillis(700));
        assertEquals(OptionalInt.of(3), trials.firstPassing(List.of(hanging, ending, broken, right), 0, TIME));
        assertEquals(List.of(4, 1, 1), List.of(trials.tried(), trials.hung(), trials.broken()));
        Trials slow =
                new Trials(bench.shell(), FilePath.ROOT, Workers.of(findings).getLast(), TIME);
        assertEquals(OptionalInt.of(1), slow.firstPassing(List.of(broken, right), 0, TIME));
    }

    private static Mutant mutant(byte[] file, String old, String text) {
        int start = new String(file, StandardCharsets.UTF_8).indexOf(old);
        return new Mutant("flag.py", FaultClass.RETURN, 2, 1, List.of(new Edit(start, start + old.length(), text)));
    }

    @Test
    void whatIsNotFoundIsSaid() throws InterruptedException {
        needs("python3");
        workshop.put("tests/test_flag.py", FLAG).put("flag.py", "def answer(n):\n    return {}[7]\n");
        Findings findings = findings(new Complaint.Tests("."));
        Searched none = repair.search(findings, Duration.ofMillis(1));
        assertEquals(Optional.empty(), none.patch());
        Searched nothingFails = repair.search(findings(new Complaint.Command("true")), TIME);
        assertEquals(
                Searched.nothing("There is no failing test or command to search with.", Searched.Effort.NONE),
                nothingFails);
        assertTrue(nothingFails.json().contains("\"verdict\":\"not_found\""), nothingFails.json());
    }

    @Test
    void aTestThatFailsByChanceIsNotMended() throws InterruptedException {
        needs("python3");
        // It fails when it shows itself, when its lines are counted, and twice in the worker as it is.
        workshop.put("flag.py", "def answer(n):\n    return n\n")
                .put("tests/test_flag.py", FLAG + """

                    def test_chance(self):
                        with open("%s", "a+") as runs:
                            runs.write("x")
                            runs.seek(0)
                            self.assertGreater(len(runs.read()), 4 + answer(0))
                """.formatted(workshop.root().resolveSibling("runs")));
        Searched searched = searched();
        assertEquals(Optional.empty(), searched.patch());
        assertTrue(searched.why().endsWith("do not fail there each time."), searched.text());
    }

    @Test
    void aDiffShowsWhatChangesAndThreeLinesAround() {
        Patch patch = new Patch("a.py", FaultClass.GUARD, "1\n2\n3\n4\n5\n6\n", "1\n2\n3\n4\nnew\n5\n6\n");
        assertEquals("--- a/a.py\n+++ b/a.py\n@@ -2,5 +2,6 @@\n 2\n 3\n 4\n+new\n 5\n 6\n", patch.diff());
    }
}
