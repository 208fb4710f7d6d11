package dev.fettle.code.report.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fettle.code.report.Expectation;
import dev.fettle.code.report.FailedTest;
import dev.fettle.code.report.Frame;
import dev.fettle.code.report.Reading;
import dev.fettle.code.report.TestReport;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Every runner tells the same story in its own way.
class TestReportsTest {

    /// The counts, and a line for each failure: its name, what it says first, what was expected, and where.
    private static String told(Reading reading) {
        TestReport report = reading.tests().orElseThrow();
        return report.counts()
                + report.failures().stream()
                        .map(failed -> "\n%s%s: %s%s @ %s"
                                .formatted(
                                        failed.isError() ? "! " : "",
                                        failed.test(),
                                        failed.message().lines().findFirst().orElse(""),
                                        failed.expectation()
                                                .map(TestReportsTest::told)
                                                .orElse(""),
                                        place(failed)))
                        .collect(Collectors.joining());
    }

    private static String told(Expectation expectation) {
        return " (%s, not %s)".formatted(expectation.expected(), expectation.actual());
    }

    private static String place(FailedTest failed) {
        List<Frame> frames = failed.frames();
        return frames.isEmpty()
                ? "?"
                : frames.getFirst().file() + ":" + frames.getFirst().line();
    }

    @Test
    void surefire() {
        assertEquals("""
                1 failed, 1 broken, 1 passed, 1 skipped
                shop.CartTest › pricesAddUp: expected: <3> but was: <2> (3, not 2) @ Assertions.java:569
                ! shop.CartTest › allCanBeOff: java.lang.ArithmeticException: / by zero @ Cart.java:15""", told(Outputs.reported("surefire.xml")));
        assertEquals(
                "1 failed, 1 broken, 1 passed, 1 skipped\n"
                        + "shop.CartTest › pricesAddUp: org.opentest4j.AssertionFailedError: expected: <3> but was: <2>"
                        + " (3, not 2) @ Assertions.java:569\n"
                        + "! shop.CartTest › allCanBeOff: java.lang.ArithmeticException: / by zero @ Cart.java:15",
                told(Outputs.printed("maven.txt")));
    }

    @Test
    void gradle() {
        assertEquals(
                "1 failed, 2 passed, 1 skipped\n"
                        + "CartTest › pricesAddUp(): org.opentest4j.AssertionFailedError: expected: <3> but was: <2>"
                        + " (3, not 2) @ AssertionFailureBuilder.java:151",
                told(Outputs.printed("gradle.txt")));
    }

    @Test
    void pytest() {
        assertEquals("""
                3 failed, 1 broken, 2 passed, 1 skipped
                tests.test_cart › test_total: assert 2 == 3 (3, not 2) @ tests/test_cart.py:10
                tests.test_cart › test_whole_discount: ZeroDivisionError: division by zero @ cart.py:9
                ! tests.test_cart › test_till: failed on setup with "RuntimeError: no till" @ tests/test_cart.py:19
                tests.test_cart.TestCart › test_many[2]: AssertionError: too many @ tests/test_cart.py:34""", told(Outputs.reported("pytest.xml")));
        assertEquals("""
                3 failed, 1 broken, 2 passed, 1 skipped
                ! tests/test_cart.py › test_till: RuntimeError: no till @ tests/test_cart.py:19
                tests/test_cart.py › test_total: assert 2 == 3 (3, not 2) @ tests/test_cart.py:10
                tests/test_cart.py › test_whole_discount: ZeroDivisionError: division by zero @ cart.py:9
                tests/test_cart.py › TestCart::test_many[2]: AssertionError: too many @ tests/test_cart.py:34""", told(Outputs.printed("pytest.txt")));
    }

    @Test
    void unittest() {
        assertEquals("""
                1 failed, 1 broken, 1 passed, 1 skipped
                ! tests.ut_cart.CartTest › test_discount: ZeroDivisionError: division by zero @ /home/ann/py/cart.py:9
                tests.ut_cart.CartTest › test_total: AssertionError: 2 != 3 (3, not 2) @ /home/ann/py/tests/ut_cart.py:10""", told(Outputs.printed("unittest.txt")));
    }

    @Test
    void nodesRunner() {
        assertEquals("""
                2 failed, 1 passed, 1 skipped
                cart › adds up: Expected values to be strictly equal: (3, not 2) @ /home/ann/node/cart.test.js:7
                breaks: Cannot read properties of null (reading 'slice') @ /home/ann/node/cart.js:1""", told(Outputs.printed("node.tap")));
    }

    @Test
    void jest() {
        assertEquals("""
                1 failed, 1 passed, 1 skipped
                src/cart.test.js › cart › adds up: expect(received).toBe(expected) // Object.is equality (3, not 2) @ src/cart.test.js:6""", told(Outputs.printed("jest.txt")));
        assertEquals("""
                1 failed, 1 broken, 1 passed, 1 skipped
                /home/ann/shop/src/cart.test.js › cart adds up: Error: expect(received).toBe(expected) // Object.is equality\
                 (3, not 2) @ /home/ann/shop/src/cart.test.js:6
                ! /home/ann/shop/src/till.test.js › (file): Cannot find module './till' from 'src/till.test.js' @ ?""", told(Outputs.reported("jest.json")));
    }

    @Test
    void vitestAndMocha() {
        assertEquals("""
                1 failed, 1 passed, 1 skipped
                src/cart.test.ts › cart > adds up: AssertionError: expected 2 to be 3 // Object.is equality (3, not 2) @ src/cart.test.ts:6""", told(Outputs.printed("vitest.txt")));
        assertEquals("""
                1 failed, 1 passed, 1 skipped
                cart: adds up: (3, not 2) @ test/cart.js:8""", told(Outputs.printed("mocha.txt")));
    }

    @Test
    void go() {
        assertEquals("""
                1 failed, 1 broken, 1 passed, 1 skipped
                example.com/cart › TestTotal/two: cart_test.go:14: Total([1 2]) = 2, want 3 (3, not 2) @ cart_test.go:14
                ! example.com/till: till/till.go:3:8: undefined: cart.Sum @ ?""", told(Outputs.printed("go.json")).replace(" › :", ":"));
        assertEquals("""
                2 failed, 1 passed, 1 skipped
                TestTotal:  @ ?
                TestDiscount: panic: runtime error: integer divide by zero [recovered] @ /usr/local/go/src/testing/testing.go:1734""", told(Outputs.printed("go.txt")));
    }

    @Test
    void cargo() {
        assertEquals("""
                1 failed, 1 passed, 1 skipped
                tests::adds: thread 'tests::adds' (27446) panicked at src/lib.rs:16:9: (3, not 2) @ src/lib.rs:16""", told(Outputs.printed("cargo.txt")));
    }

    @Test
    void rspecPhpunitCtestDotnet() {
        assertEquals("""
                1 failed, 1 passed, 1 skipped
                Cart adds up: Failure/Error: expect(Cart.total([1, 2])).to eq(3) (3, not 2) @ ./spec/cart_spec.rb:9""", told(Outputs.printed("rspec.txt")));
        assertEquals("""
                1 failed, 1 broken, 1 passed, 1 skipped
                Shop\\CartTest › testDiscount: DivisionByZeroError: Modulo by zero @ /home/ann/shop/src/Cart.php:17
                Shop\\CartTest › testTotal: Failed asserting that 2 matches expected 3. (3, not 2) @ /home/ann/shop/tests/CartTest.php:17""", told(Outputs.printed("phpunit.txt")));
        assertEquals("""
                1 failed, 1 passed
                totals: cart.c:7: expected 3 but was 2 @ ?""", told(Outputs.printed("ctest.txt")));
        assertEquals("""
                1 failed, 1 passed
                Shop.CartTests.AddsUp: Error Message: (3, not 2) @ /home/ann/shop/CartTests.cs:17""", told(Outputs.printed("dotnet.txt")));
    }

    @Test
    void whatIsNoReportIsNone() {
        assertEquals(Reading.NOTHING, OutputReader.read("All is well.\n1. one\n2. two\n"));
    }
}
