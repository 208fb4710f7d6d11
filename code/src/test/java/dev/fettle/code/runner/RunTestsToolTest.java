package dev.fettle.code.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fettle.code.Workshop;
import dev.fettle.code.runner.tool.KnownRunners;
import dev.fettle.core.permission.Permission;
import dev.fettle.core.tool.Tool;
import dev.fettle.core.tool.ToolContext;
import dev.fettle.core.tool.ToolException;
import dev.fettle.core.workspace.Reach;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a model gets for a call.
@Timeout(180)
class RunTestsToolTest {
    @TempDir
    private Path directory = Path.of("");

    private Workshop workshop;

    @BeforeEach
    void open() {
        workshop = new Workshop(directory);
    }

    private static Tool.Invocation prepared(String arguments) {
        return new RunTestsTool(KnownRunners.ALL).prepare(arguments);
    }

    private String answer(String arguments) throws InterruptedException {
        return prepared(arguments)
                .run(new ToolContext(workshop.workspace(), Map.of(), _ -> {}))
                .text();
    }

    private static void needs(String... programs) {
        assumeTrue(Workshop.has(programs), "needs " + String.join(", ", programs));
    }

    @Test
    void unittestOfThePythonThatIsHere() throws InterruptedException {
        needs("python3");
        workshop.withPythonCart();
        assertEquals("""
                $ PYTHONPATH=.:tests python3 -m unittest discover -s tests
                Failed: 1 failed, 3 passed
                FAILED test_cart.CartTest › test_total
                  AssertionError: 2 != 3
                  expected: 3, actual: 2
                  at tests/test_cart.py:10 in test_total""", answer("{}"));
        assertEquals("""
                $ PYTHONPATH=.:tests python3 -m unittest discover -s tests -k test_count
                Passed: 1 passed""", answer("{\"test\":\"test_count\"}"));
        assertTrue(answer("{\"path\":\"tests/test_cart.py\"}").contains("1 failed, 3 passed"));
    }

    @Test
    void pytestWithItsReport() throws InterruptedException {
        needs("python3");
        assumeTrue(isImportable("pytest"), "needs pytest");
        workshop.withPythonCart().put("pytest.ini", "[pytest]\naddopts = -p no:cacheprovider\n");
        workshop.put("conftest.py", "");
        assertEquals("""
                $ python3 -m pytest
                Failed: 1 failed, 3 passed
                FAILED tests.test_cart.CartTest › test_total
                  AssertionError: 2 != 3
                  expected: 3, actual: 2
                  at tests/test_cart.py:10""", answer("{}"));
        assertEquals("""
                $ python3 -m pytest tests/test_cart.py::CartTest::test_count
                Passed: 1 passed""", answer("{\"path\":\"tests/test_cart.py\",\"test\":\"CartTest::test_count\"}"));
    }

    private boolean isImportable(String module) throws InterruptedException {
        return workshop.sh("python3 -c 'import " + module + "' && echo yes || echo no")
                .contains("yes");
    }

    @Test
    void nodesRunner() throws InterruptedException {
        needs("node");
        workshop.put("cart.js", "exports.total = prices => prices.slice(1).reduce((a, b) => a + b, 0);\n")
                .put("package.json", "{\"scripts\":{\"test\":\"node --test\"}}")
                .put("cart.test.js", """
                        const { test } = require('node:test');
                        const assert = require('node:assert');
                        const { total } = require('./cart');
                        test('is empty', () => assert.strictEqual(total([]), 0));
                        test('adds up', () => {
                          assert.strictEqual(total([1, 2]), 3);
                        });
                        test('breaks', () => { total(null); });
                        """);
        String answer = answer("{}");
        assertTrue(answer.contains("Failed: 2 failed, 1 passed"), answer);
        assertTrue(answer.contains("expected: 3, actual: 2\n  at cart.test.js:6"), answer);
        assertTrue(answer.contains("at cart.js:1 in exports.total"), answer);
        assertTrue(answer("{\"test\":\"is empty\"}").contains("Passed"), answer);
    }

    @Test
    void aMakefileAndACommandOfTheModelsOwn() throws InterruptedException {
        needs("make");
        workshop.put("Makefile", "test:\n\t@echo 'cart.c:3:25: error: no such function'; exit 1\n");
        assertEquals("""
                $ make test
                It does not get as far as the tests: 1 errors
                cart.c:3:25: error: no such function
                The end of its output:
                cart.c:3:25: error: no such function
                make: *** [Makefile:2: test] Error 1""", answer("{}"));
        assertEquals("$ true\nPassed", answer("{\"command\":\"true\"}"));
        assertEquals(
                "$ exit 3\nEnded with exit code 3, without a word about tests\nThe end of its output:\n[no output]",
                answer("{\"command\":\"exit 3\"}"));
    }

    @Test
    void aGigabyteOfOutputIsBounded() throws InterruptedException {
        String answer =
                answer("{\"command\":\"yes 'FAILED tests/test_a.py::test_b - x' | head -c 1000000000; exit 1\"}");
        assertTrue(answer.length() < 12_000, "%d characters".formatted(answer.length()));
        assertTrue(answer.contains("All of the output: "), answer);
    }

    @Test
    void oneThatHangsIsKilledAndSaidSo() throws InterruptedException {
        assertEquals("""
                $ echo begun; sleep 600
                Stopped: it had not ended after 1 s, and everything it started was killed
                The end of its output:
                begun""", answer("{\"command\":\"echo begun; sleep 600\",\"timeout_s\":1}"));
    }

    @Test
    void theWishForTheNetworkIsRecognised() throws InterruptedException {
        String answer = answer("{\"command\":\"echo 'curl: (6) Could not resolve host: example.org'; exit 6\"}");
        assertTrue(answer.contains("It wanted the network"), answer);
    }

    @Test
    void missingProgramsAreNamed() throws InterruptedException {
        String answer = answer("{\"command\":\"no-such-runner test\"}");
        assertTrue(answer.contains("The program `no-such-runner` is not installed here."), answer);
    }

    @Test
    void thePolicyIsAskedAboutTheCommandThatIsRun() {
        workshop.put("go.mod", "module shop");
        assertEquals(
                List.of(
                        new Permission.Execute("go test -json ./..."),
                        new Permission.Widen("go test -json ./...", Reach.NETWORK)),
                prepared("{\"reach\":\"network\"}").permissions(workshop.workspace()));
        assertEquals(
                List.of(new Permission.Execute("make x")),
                prepared("{\"command\":\"make x\"}").permissions(workshop.workspace()));
    }

    @Test
    void whereNothingIsRecognisedTheModelIsAskedForACommand() {
        assertEquals(
                "No test runner is recognised here. Say how to run the tests: `command`.",
                assertThrows(ToolException.class, () -> prepared("{}").permissions(workshop.workspace()))
                        .getMessage());
        assertThrows(ToolException.class, () -> prepared("{\"path\":\"../x\"}").permissions(workshop.workspace()));
        assertThrows(ToolException.class, () -> answer("{\"command\":\"true\",\"timeout_s\":0}"));
    }

    @Test
    void aReportThatAProgramPrintsItselfDoesNotConfuse() throws InterruptedException {
        String answer = answer(
                "{\"command\":\"printf 'a\\\\n=====fettle: reports=====\\\\n=====fettle: report x\\\\n<testsuite>'; exit 1\"}");
        assertTrue(answer.contains("Ended with exit code 1"), answer);
    }
}
