package dev.fettle.code.debug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fettle.code.Workshop;
import dev.fettle.code.debug.Findings.Verdict;
import dev.fettle.code.fault.Suspect;
import dev.fettle.code.project.ProjectFiles;
import dev.fettle.code.runner.Place;
import dev.fettle.code.runner.Project;
import dev.fettle.code.runner.Runner;
import dev.fettle.code.runner.Selection;
import dev.fettle.code.runner.TestBench;
import dev.fettle.code.runner.TestCommand;
import dev.fettle.code.runner.TestRun;
import dev.fettle.code.runner.tool.KnownRunners;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Reach;
import dev.fettle.testkit.project.Poms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Real projects with a seeded fault, run by the tools that are installed.
@Timeout(240)
class InvestigationTest {
    private static final String IDENTITY = """
            export GIT_AUTHOR_NAME=ann GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=ann GIT_COMMITTER_EMAIL=a@b
            """;

    @TempDir
    private Path directory = Path.of("");

    private Workshop workshop;
    private TestBench bench;

    @BeforeEach
    void open() {
        workshop = new Workshop(directory);
        bench = new TestBench(workshop.workspace(), workshop.workspace().shell(), _ -> {});
    }

    private static void needs(String... programs) {
        assumeTrue(Workshop.has(programs), "needs " + String.join(", ", programs));
    }

    private Investigation investigation(Duration timeout) {
        return new Investigation(bench, KnownRunners.ALL, timeout);
    }

    private Findings found(Complaint complaint) throws InterruptedException {
        return investigation(Duration.ofSeconds(60)).of(complaint);
    }

    private static String first(Findings findings) {
        Suspect first = findings.suspects().getFirst();
        return first.path() + ":" + first.line();
    }

    @Test
    void theTracerWorksForUnittestAndPytest() throws InterruptedException {
        needs("python3");
        workshop.withPythonCart();
        Findings findings = found(new Complaint.Tests("."));
        assertEquals(Verdict.REPRODUCED, findings.verdict());
        assertEquals("cart.py:4", first(findings));
        assertEquals(List.of("The lines of 4 runs of tests were counted."), findings.notes());
        assertTrue(
                findings.suspects()
                        .getFirst()
                        .reasons()
                        .contains("run by 1 of 1 failing and 0 of 3 passing tests (Ochiai 1.00)"),
                findings.suspects().toString());

        assumeTrue(workshop.sh("python3 -c 'import pytest' 2>&1 || true").isBlank(), "needs pytest");
        workshop.put("conftest.py", "");
        Findings again = found(new Complaint.Tests("tests/test_cart.py"));
        assertTrue(again.run().orElseThrow().command().endsWith("-m pytest tests/test_cart.py"));
        assertEquals("cart.py:4", first(again), again.toString());
    }

    @Test
    void nodeRunsTestsOneByOneForTheirLines() throws InterruptedException {
        needs("node");
        workshop.put("package.json", "{\"scripts\":{\"test\":\"node --test\"}}")
                .put("cart.js", """
                exports.total = prices => {
                  let sum = 0;
                  for (const price of prices.slice(1)) {
                    sum += price;
                  }
                  return sum;
                };
                exports.count = prices => {
                  return prices.length;
                };
                """)
                .put("cart.test.js", """
                const { test } = require('node:test');
                const assert = require('node:assert');
                const { count, total } = require('./cart');
                test('counts', () => assert.strictEqual(count([1, 2]), 2));
                test('adds up', () => {
                  assert.strictEqual(total([1, 2]), 3);
                });
                """);
        Findings findings = found(new Complaint.Tests("."));
        assertEquals(Verdict.REPRODUCED, findings.verdict());
        assertFalse(findings.suspects().isEmpty());
        assumeTrue(
                findings.notes().contains("The lines of 2 runs of tests were counted."),
                "needs a Node that writes LCOV: " + findings.notes());
        List<String> suspects = findings.suspects().stream()
                .map(each -> each.path() + ":" + each.line())
                .toList();
        assertTrue(suspects.contains("cart.js:3"), suspects.toString());
        assertFalse(suspects.subList(0, 3).contains("cart.js:9"), suspects.toString());
    }

    @Test
    void verifyingRunsWhatFailedAndThenEverything() throws InterruptedException {
        needs("python3");
        workshop.withPythonCart();
        Findings findings = found(new Complaint.Tests("."));
        Verification still = investigation(Duration.ofSeconds(60)).verify(findings);
        assertFalse(still.hasPassed());
        assertEquals(List.of(), still.all());
        assertTrue(still.text().startsWith("Still: $ PYTHONPATH"), still.text());

        workshop.put("cart.py", workshop.sh("sed 's/prices.1:./prices/' cart.py"));
        Verification mended = investigation(Duration.ofSeconds(60)).verify(findings);
        assertTrue(mended.hasPassed(), mended.text());
        assertEquals(1, mended.again().size());
        assertEquals(1, mended.all().size());
    }

    @Test
    void ofATextEverythingIsRunToVerify() throws InterruptedException {
        Findings text = found(new Complaint.Text("TypeError: x"));
        assertEquals(Verdict.READ, text.verdict());
        Verification nothing = investigation(Duration.ofSeconds(60)).verify(text);
        assertFalse(nothing.isPossible());
        assertEquals("Nothing could be run to verify it.", nothing.text());
        assertTrue(FindingsJson.of(nothing).contains("\"passed\":false"));
    }

    @Test
    void aTestThatFailsOnceIsSaidToFailByChance() throws InterruptedException {
        needs("python3");
        workshop.put("flag.py", "def answer():\n    return 1\n").put("test_flag.py", """
                import os, unittest
                from flag import answer


                class FlagTest(unittest.TestCase):
                    def test_chance(self):
                        was = os.path.exists("was")
                        open("was", "w").close()
                        self.assertEqual(answer(), 1 if was else 2)

                    def test_steady(self):
                        self.assertEqual(answer(), 2)
                """);
        Findings findings = found(new Complaint.Tests("."));
        assertEquals(2, findings.failures().size());
        assertTrue(
                findings.notes()
                        .contains("test_chance failed, and passed when it was run again: it may fail by chance."),
                findings.notes().toString());
    }

    @Test
    void whatHangsIsSaidToHang() throws InterruptedException {
        Findings findings = investigation(Duration.ofSeconds(1)).of(new Complaint.Command("sleep 600"));
        assertEquals(Verdict.STOPPED, findings.verdict());
        assertTrue(FindingsText.of(findings).startsWith("It did not end by itself.\n\n$ sleep 600\nStopped:"));
        assertTrue(FindingsJson.of(findings).contains("\"standing\":\"stopped\""));
    }

    @Test
    void anEmptySuiteIsNoSuccess() throws InterruptedException {
        needs("python3");
        workshop.put("conftest.py", "").put("cart.py", "");
        assumeTrue(workshop.sh("python3 -c 'import pytest' 2>&1 || true").isBlank(), "needs pytest");
        assertEquals(Verdict.NO_TESTS, found(new Complaint.Tests(".")).verdict());
    }

    @Test
    void nothingToRunSaysWhatWouldHelp() throws InterruptedException {
        Findings findings = found(new Complaint.Tests("."));
        assertEquals(Verdict.NO_TESTS, findings.verdict());
        assertFalse(findings.hasFailure());
        assertTrue(FindingsText.of(findings).contains("--command"), FindingsText.of(findings));
    }

    /// Tells its tests by exit code alone, and leaves a report of what it ran.
    private record Scripted() implements Runner {
        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public boolean fits(ProjectFiles files) {
            return files.has("run");
        }

        @Override
        public TestCommand command(ProjectFiles files, Selection selection) {
            String chosen =
                    selection instanceof Selection.One one ? " " + one.test().name() : "";
            return new TestCommand("bash ./run" + chosen, "", List.of("*/reports/TEST-*.xml"));
        }

        @Override
        public Optional<TestCommand> withCoverage(ProjectFiles files, Selection selection) {
            return Optional.of(command(files, selection));
        }
    }

    @Test
    void reportsThatAreLeftInTheProjectAreReadIfTheyAreNew() throws InterruptedException {
        workshop.put("old/reports/TEST-old.xml", "<testsuite><testcase name='old'><failure/></testcase></testsuite>");
        workshop.put("cart.txt", "1\n2\n3\n").put("run", """
                mkdir -p new/reports
                bad='<testcase name="bad"><failure message="expected: &lt;3&gt; but was: &lt;2&gt;">at cart.txt</failure></testcase>'
                good='<testcase name="good"/>'
                case "$1" in
                  '') all=$bad$good ;;
                  bad) all=$bad; printf 'SF:cart.txt\\nDA:1,1\\nDA:3,1\\n' > "$R/lcov.info" ;;
                  good) all=$good; printf 'SF:cart.txt\\nDA:1,1\\nDA:2,1\\n' > "$R/lcov.info" ;;
                esac
                echo "<testsuite>$all</testsuite>" > new/reports/TEST-new.xml
                [ "$1" = good ]
                """);
        Findings findings =
                new Investigation(bench, List.of(new Scripted()), Duration.ofSeconds(60)).of(new Complaint.Tests("."));
        assertEquals(
                "1 failed, 1 passed", findings.reading().tests().orElseThrow().counts());
        assertEquals("cart.txt:3", first(findings), findings.toString());
    }

    @Test
    void aCommitIsTriedInACopyThatIsGoneAfterwards() throws InterruptedException {
        needs("git");
        workshop.put("value", "1");
        workshop.sh(IDENTITY + "git init -q . && git add -A && git commit -qm one && echo 2 > value");
        String commit = workshop.sh("git rev-parse HEAD").strip();
        TestRun run = bench.run(
                new TestCommand("cat value; pwd; git status --porcelain"),
                new Place.AtCommit(commit, FilePath.ROOT),
                Duration.ofSeconds(30),
                Reach.SANDBOX);
        List<String> lines = run.output().lines().toList();
        assertTrue(lines.getFirst().startsWith("1/"), run.output());
        assertFalse(java.nio.file.Files.exists(Path.of(lines.getFirst().substring(1))));
        assertEquals("2\n", workshop.sh("cat value"));
    }

    @Test
    void commitsThatCannotBeTriedAreSkipped() throws InterruptedException {
        needs("git");
        workshop.put("run", "exit 0\n");
        workshop.sh(IDENTITY + """
                git init -q -b main . && git add -A && git commit -qm good && git tag good
                echo 'exit 125' > run && git commit -qam 'cannot be tried'
                echo 'exit 3' > run && git commit -qam bad
                echo x > x && git add -A && git commit -qm more
                """);
        Bisected bisected = new Bisection(bench, Duration.ofSeconds(30))
                .find("good", "main", new TestCommand("bash ./run"), FilePath.ROOT);
        assertEquals(
                workshop.sh("git rev-parse main~1").strip(), bisected.first().orElseThrow());
        assertTrue(bisected.text().contains("1 commits before it could not be tried"), bisected.text());
        assertTrue(bisected.patch().contains("+exit 3"), bisected.patch());
        assertTrue(bisected.json().contains("\"verdict\":\"skipped\""), bisected.json());
    }

    @Test
    void aHistoryWithMergesIsHalvedToo() throws InterruptedException {
        needs("git");
        workshop.put("run", "exit 0\n");
        workshop.sh(IDENTITY + """
                git init -q -b main . && git add -A && git commit -qm good && git tag good
                git switch -qc side && echo 1 > a && git add -A && git commit -qm side1
                echo 'exit 1' > run && git commit -qam culprit && echo 2 > a && git commit -qam side2
                git switch -q main && echo 1 > b && git add -A && git commit -qm main1
                git merge -q --no-edit side && echo 2 > b && git commit -qam main2
                """);
        Bisected bisected = new Bisection(bench, Duration.ofSeconds(30))
                .find("good", "", new TestCommand("bash ./run"), FilePath.ROOT);
        assertEquals(
                workshop.sh("git log --all --format=%H --grep culprit").strip(),
                bisected.first().orElseThrow(),
                bisected.text());
        assertEquals(
                "There is no commit `--upload-pack=x` here.",
                new Bisection(bench, Duration.ofSeconds(30))
                        .find("--upload-pack=x", "", new TestCommand("true"), FilePath.ROOT)
                        .remark());
    }

    @Test
    void mavenTellsWhatFailed() throws InterruptedException {
        needs("mvn", "javac");
        workshop.put("pom.xml", "<project><modelVersion>4.0.0</modelVersion></project>");
        Project project = Project.around(workshop.workspace(), FilePath.ROOT, KnownRunners.ALL)
                .orElseThrow();
        TestRun run = bench.run(
                project.command(new Selection.All()),
                new Place.Here(FilePath.ROOT),
                Duration.ofSeconds(60),
                Reach.SANDBOX);
        assertEquals(TestRun.Standing.BROKEN, run.standing(), run.output());
        assertTrue(run.output().contains("'groupId' is missing"), run.output());
    }

    @Test
    void mavenWithJacocoTellsTestsApart() throws InterruptedException {
        needs("mvn", "javac");
        workshop.withJavaCart(Poms.JUNIT_AND_JACOCO);
        Findings findings = found(new Complaint.Tests("."));
        assumeTrue(
                findings.verdict() == Verdict.REPRODUCED
                        && findings.run().orElseThrow().remarks().isEmpty(),
                "needs Maven's plugins: " + findings.run());
        assertEquals(
                "1 failed, 1 passed", findings.reading().tests().orElseThrow().counts());
        assertEquals("src/main/java/shop/Cart.java:7", first(findings), findings.toString());
        assertTrue(
                findings.suspects()
                        .getFirst()
                        .reasons()
                        .contains("run by 1 of 1 failing and 0 of 1 passing tests (Ochiai 1.00)"),
                findings.suspects().toString());
    }

    @Test
    void theTaskIsThereForAModel() {
        assertTrue(Task.text().contains("Root cause:"));
        assertTrue(Task.text().endsWith("# Facts\n\n"));
    }
}
