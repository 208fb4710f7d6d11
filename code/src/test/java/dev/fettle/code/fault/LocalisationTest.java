package dev.fettle.code.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fettle.code.Workshop;
import dev.fettle.code.report.Diagnostic;
import dev.fettle.code.report.FailedTest;
import dev.fettle.code.report.Frame;
import dev.fettle.code.report.Reading;
import dev.fettle.code.report.TestName;
import dev.fettle.code.report.TestReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalisationTest {
    private static Frame ours(String path, int line) {
        return new Frame(path, line, "", Optional.of(path));
    }

    private static Reading failing(Frame... frames) {
        FailedTest failed =
                new FailedTest(new TestName("CartTest", "adds"), false, "", Optional.empty(), List.of(frames));
        return new Reading(
                Optional.of(new TestReport(0, 1, 0, 0, Duration.ZERO, List.of(failed), List.of())),
                List.of(),
                List.of());
    }

    private static List<String> ranked(Reading reading, Spectrum spectrum, RecentLines recent) {
        return Localisation.rank(reading, spectrum, recent, _ -> true).stream()
                .map(each -> each.path() + ":" + each.line())
                .toList();
    }

    private static Spectrum spectrum() {
        Coverage failing = new Coverage();
        failing.add("Cart.java", 10, 12);
        Coverage passing = new Coverage();
        passing.add("Cart.java", 10, 11);
        return new Spectrum(List.of(new Spectrum.Execution(true, failing), new Spectrum.Execution(false, passing)));
    }

    @Test
    void innerFramesGoBeforeOuterOnesAndCodeBeforeTests() {
        assertEquals(
                List.of("Cart.java:15", "Till.java:9", "src/test/CartTest.java:22"),
                ranked(
                        failing(
                                new Frame("Math.java", 1, ""),
                                ours("Cart.java", 15),
                                ours("Till.java", 9),
                                ours("src/test/CartTest.java", 22)),
                        Spectrum.NONE,
                        RecentLines.NONE));
    }

    @Test
    void whatOnlyTheFailingTestRunsGoesBeforeTheAssertion() {
        assertEquals(
                List.of("Cart.java:12", "Cart.java:10", "Cart.java:11", "src/test/CartTest.java:22"),
                ranked(failing(ours("src/test/CartTest.java", 22)), spectrum(), RecentLines.NONE));
    }

    @Test
    void aChangeTipsTheScales() {
        String sha = "a".repeat(40);
        RecentLines recent = RecentLines.parse("""
                @commit %s Be quicker
                @commit %s A cart
                @file Cart.java
                %s 11 11 1
                filename Cart.java
                %s 1 20 1
                """.formatted(sha, "b".repeat(40), sha, "0".repeat(40)));
        List<Suspect> suspects = Localisation.rank(failing(), spectrum(), recent, _ -> true);
        assertEquals(
                List.of("Cart.java:12", "Cart.java:11", "Cart.java:10", "Cart.java:20"),
                suspects.stream().map(each -> each.path() + ":" + each.line()).toList());
        assertEquals(
                List.of(
                        "run by 1 of 1 failing and 1 of 1 passing tests (Ochiai 0.71)",
                        "changed by the last commit: Be quicker"),
                suspects.get(1).reasons());
        assertEquals(List.of("changed and not committed"), suspects.get(3).reasons());
    }

    @Test
    void theCompilerIsBelievedFirst() {
        Reading reading = new Reading(
                Optional.empty(),
                List.of(
                        new Diagnostic("Cart.java", 3, 1, Diagnostic.Severity.ERROR, "no such method", ""),
                        new Diagnostic("Till.java", 9, 1, Diagnostic.Severity.WARNING, "unused", "")),
                List.of());
        assertEquals(List.of("Cart.java:3"), ranked(reading, spectrumOfNothing(), RecentLines.NONE));
    }

    private static Spectrum spectrumOfNothing() {
        Coverage failing = new Coverage();
        failing.add("Cart.java", 1, 9);
        return new Spectrum(List.of(new Spectrum.Execution(true, failing)));
    }

    @Test
    void testsAreKnownByTheirPlaces() {
        for (String path : List.of(
                "src/test/java/A.java",
                "tests/a.py",
                "test_a.py",
                "a/b_test.go",
                "cart.test.ts",
                "spec/cart_spec.rb",
                "CartTest.java",
                "CartTests.cs",
                "src/__tests__/a.js")) {
            assertTrue(Localisation.isTest(path), path);
        }
        for (String path : List.of("src/main/java/Contest.java", "latest.py", "cart.go", "src/attest/a.ts")) {
            assertTrue(!Localisation.isTest(path), path);
        }
    }

    @Test
    void gitTellsWhatWasChanged(@TempDir Path directory) throws InterruptedException {
        assumeTrue(Workshop.has("git"), "needs git");
        Workshop workshop = new Workshop(directory).put("a b.py", "one\ntwo\nthree\n");
        assertEquals(
                Optional.empty(),
                RecentLines.in(List.of("a b.py"), workshop.workspace().shell()).change("a b.py", 1));
        workshop.sh("""
                export GIT_AUTHOR_NAME=ann GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=ann GIT_COMMITTER_EMAIL=a@b
                git init -q . && git add -A && git commit -qm First
                sed -i 's/two/2/' 'a b.py' && git commit -qam Second
                sed -i 's/three/3/' 'a b.py'
                """);
        RecentLines recent =
                RecentLines.in(List.of("a b.py"), workshop.workspace().shell());
        assertEquals(
                List.of(
                        "changed 1 commit before the last: First",
                        "changed by the last commit: Second",
                        "changed and not committed"),
                List.of(1, 2, 3).stream()
                        .map(line -> recent.change("a b.py", line).orElseThrow().words())
                        .toList());
        assertEquals(List.of(3), recent.uncommitted("a b.py"));
    }
}
