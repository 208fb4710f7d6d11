package dev.fettle.app;

import static dev.fettle.testkit.Answers.call;
import static dev.fettle.testkit.Answers.calls;
import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fettle.testkit.server.FakeModelServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a user sees of `fettle debug`, with real projects, real commands in the real sandbox, and a scripted model.
@Timeout(240)
class DebugTest {
    private static final String EDIT = "{\"path\":\"cart.py\",\"edits\":[{\"old\":\"prices[1:]\",\"new\":\"prices\"}]}";
    private static final String WRONG =
            "{\"path\":\"cart.py\",\"edits\":[{\"old\":\"prices[1:]\",\"new\":\"prices[2:]\"}]}";

    @TempDir
    private Path directory = Path.of("");

    private Installation fettle;

    @BeforeEach
    void install() {
        fettle = new Installation(directory);
    }

    private static void needs(String... programs) {
        for (String program : programs) {
            assumeTrue(
                    Arrays.stream(System.getenv("PATH").split(":", -1))
                            .anyMatch(each -> Files.isExecutable(Path.of(each, program))),
                    "needs " + program);
        }
    }

    private void put(String path, String content) throws IOException {
        Path file = fettle.project.resolve(path);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, content);
    }

    private void pythonCart() throws IOException {
        needs("python3");
        put("cart.py", """
                def total(prices):
                    result = 0
                    for price in prices[1:]:
                        result += price
                    return result


                def count(prices):
                    return len(prices)
                """);
        put("tests/test_cart.py", """
                import unittest
                from cart import count, total


                class CartTest(unittest.TestCase):
                    def test_empty(self):
                        self.assertEqual(total([]), 0)

                    def test_total(self):
                        self.assertEqual(total([1, 2]), 3)

                    def test_count(self):
                        self.assertEqual(count([1, 2]), 2)
                """);
    }

    private void git(String script) throws IOException, InterruptedException {
        needs("git");
        Process git = new ProcessBuilder("bash", "-ec", """
                export GIT_AUTHOR_NAME=ann GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=ann GIT_COMMITTER_EMAIL=a@b
                """ + script)
                .directory(fettle.project.toFile())
                .inheritIO()
                .start();
        assertEquals(0, git.waitFor());
    }

    private JsonNode facts(String... arguments) {
        int code = fettle.type(Stream.concat(
                        Stream.of("debug", "--no-model", "--json", "--sandbox=workspace-write"),
                        Arrays.stream(arguments))
                .toArray(String[]::new));
        assertEquals(0, code, fettle.err);
        return JsonMapper.shared().readTree(fettle.out);
    }

    @Test
    void ranksTheLineThatOnlyTheFailingTestRuns() throws IOException {
        pythonCart();
        JsonNode facts = facts().path("facts");
        assertEquals("reproduced", facts.path("verdict").asString());
        assertEquals(1, facts.path("tests").path("failed").asInt());
        assertEquals(2, facts.path("tests").path("passed").asInt());
        assertEquals(
                "3",
                facts.path("tests").path("failures").path(0).path("expected").asString());
        JsonNode first = facts.path("suspects").path(0);
        assertEquals(
                "cart.py:4",
                first.path("path").asString() + ":" + first.path("line").asInt(),
                fettle.out);

        assertEquals(0, fettle.type("debug", "--no-model", "tests/test_cart.py"), fettle.err);
        assertTrue(fettle.out.startsWith("The failure was reproduced.\n\n$ PYTHONPATH=.:tests python3"), fettle.out);
        assertTrue(fettle.out.contains(" 1. cart.py:4  "), fettle.out);
        assertTrue(fettle.out.contains(">    4          result += price"), fettle.out);
    }

    @Test
    void readsWhatAPlainJavaProgramThrows() throws IOException {
        needs("javac");
        put("src/shop/Cart.java", """
                package shop;

                class Cart {
                    static int share(int total, int people) {
                        return total / people;
                    }
                }
                """);
        put("src/shop/Main.java", """
                package shop;

                public class Main {
                    public static void main(String[] arguments) {
                        System.out.println(Cart.share(10, 0));
                    }
                }
                """);
        String command = "javac -d out src/shop/*.java && java -cp out shop.Main";
        JsonNode facts = facts("--command", command).path("facts");
        assertEquals("reproduced", facts.path("verdict").asString(), fettle.out);
        JsonNode first = facts.path("suspects").path(0);
        assertEquals(
                "src/shop/Cart.java:5",
                first.path("path").asString() + ":" + first.path("line").asInt(),
                fettle.out);

        put("src/shop/Cart.java", "package shop;\n\nclass Cart {\n    static int share(int a) { return a }\n}\n");
        JsonNode broken = facts("--command", command).path("facts");
        assertEquals("broken_build", broken.path("verdict").asString(), fettle.out);
        assertEquals(
                "src/shop/Cart.java",
                broken.path("diagnostics").path(0).path("path").asString());
        assertEquals(4, broken.path("suspects").path(0).path("line").asInt(), fettle.out);
    }

    @Test
    void aMessageAloneIsEnough() throws IOException {
        pythonCart();
        put("app.log", """
                12:00 INFO  started
                Traceback (most recent call last):
                  File "/srv/elsewhere/cart.py", line 4, in total
                    result += price
                TypeError: unsupported operand type(s) for +=: 'int' and 'str'
                """);
        JsonNode facts = facts("--log", "app.log").path("facts");
        assertEquals("read", facts.path("verdict").asString());
        assertEquals("cart.py", facts.path("suspects").path(0).path("path").asString());
        assertEquals(4, facts.path("suspects").path(0).path("line").asInt());
        assertEquals(
                "read",
                facts("--error", "TypeError: x").path("facts").path("verdict").asString());
        assertEquals(2, fettle.type("debug", "--no-model", "--log", "missing.log"));
    }

    @Test
    void saysWhatItWouldNeedWhereThereAreNoTests() throws IOException {
        put("README.md", "nothing\n");
        assertEquals(1, fettle.type("debug", "--no-model"), fettle.err);
        assertTrue(fettle.out.contains("a command that fails (--command)"), fettle.out);
        assertEquals(2, fettle.type("debug", "--no-model", "../.."), fettle.out);
        assertTrue(fettle.err.contains("outside the workspace"), fettle.err);
    }

    @Test
    void aProgramOfOneFileIsRun() throws IOException {
        needs("python3");
        put("once.py", "def main():\n    return 1 / 0\n\n\nmain()\n");
        JsonNode facts = facts("once.py").path("facts");
        assertEquals("python3 once.py", facts.path("run").path("command").asString());
        assertEquals(2, facts.path("suspects").path(0).path("line").asInt(), fettle.out);
    }

    @Test
    void halvesTheHistoryWithoutTouchingTheTree() throws IOException, InterruptedException {
        pythonCart();
        git("""
                sed -i 's/prices.1:./prices/' cart.py
                git init -q -b main . && git add -A && git commit -qm 'A cart' && git tag good
                for i in 1 2 3; do echo $i > note && git add -A && git commit -qm "Note $i"; done
                sed -i 's/in prices:/in prices[1:]:/' cart.py && git commit -qam 'Be quicker'
                for i in 4 5; do echo $i > note && git add -A && git commit -qm "Note $i"; done
                echo mine > note && echo new > untracked
                git status --porcelain > ../before; find . -path ./.git/index -prune -o -type f -print | sort | xargs sha1sum >> ../before
                """);
        JsonNode bisected = facts("--bisect", "good..HEAD").path("bisect");
        assertEquals("Be quicker", title(bisected, bisected.path("first_bad").asString()), fettle.out);
        assertTrue(bisected.path("steps").size() <= 5, fettle.out);
        git("""
                git status --porcelain > ../after; find . -path ./.git/index -prune -o -type f -print | sort | xargs sha1sum >> ../after
                sed -i '/__pycache__/d' ../before ../after; diff ../before ../after
                """);

        assertEquals(1, fettle.type("debug", "--no-model", "--bisect", "HEAD~1..HEAD"), fettle.err);
        assertTrue(fettle.out.contains("It fails at HEAD~1 already"), fettle.out);
        assertEquals(1, fettle.type("debug", "--no-model", "--bisect", "nowhere..HEAD"), fettle.err);
        assertTrue(fettle.out.contains("There is no commit `nowhere` here."), fettle.out);
        assertEquals(2, fettle.type("debug", "--no-model", "--bisect", "HEAD"));
    }

    private static String title(JsonNode bisected, String commit) {
        for (JsonNode step : bisected.path("steps")) {
            if (step.path("commit").asString().equals(commit)) {
                return step.path("title").asString();
            }
        }
        return "";
    }

    @Test
    void theModelMendsItAndWeVerify() throws IOException {
        pythonCart();
        try (FakeModelServer server = FakeModelServer.answering(
                calls(call("edit", EDIT)),
                calls(call("run_tests", "{}")),
                text("Root cause: the first price is lost."))) {
            assertEquals(0, fettle.withAnthropic(server).type("debug", "--yes"), fettle.err);
            assertTrue(server.requests().getFirst().text().contains("cart.py:4"));
            assertTrue(server.requests().getLast().text().contains("Passed: 3 passed"));
            assertTrue(fettle.out.startsWith("Root cause: the first price is lost.\n\nChanges\n"), fettle.out);
            assertTrue(fettle.out.contains("+    for price in prices:"), fettle.out);
            assertTrue(fettle.out.contains("Verified\nFailed before: Passed: 1 passed"), fettle.out);
            assertTrue(fettle.out.contains("Everything: Passed: 3 passed"), fettle.out);
        }
    }

    @Test
    void aSmallEditNeedsNoModel() throws IOException {
        pythonCart();
        String before = Files.readString(fettle.project.resolve("cart.py"));
        assertEquals(0, fettle.type("debug", "--no-model", "--repair"), fettle.err);
        assertTrue(fettle.out.contains("with it all tests pass. That does not make it right"), fettle.out);
        assertTrue(fettle.out.contains("Everything: Passed: 3 passed"), fettle.out);
        assertFalse(before.equals(Files.readString(fettle.project.resolve("cart.py"))), "applied");
    }

    @Test
    void aMutantThatDeletesFilesHarmsNothing() throws IOException {
        pythonCart();
        put("precious.txt", "kept");
        put("cart.py", """
                import os


                def total(prices):
                    if len(prices) < -1:
                        for each in os.listdir(HOME):
                            os.remove(os.path.join(HOME, each))
                    return sum(prices) + WRONG


                def count(prices):
                    return len(prices)


                HOME = "@home@"
                WRONG = 1
                """.replace("@home@", fettle.project.toString()));
        fettle.type("debug", "--no-model", "--repair", "--repair-time", "30");
        assertEquals("kept", Files.readString(fettle.project.resolve("precious.txt")), fettle.out);
        assertTrue(fettle.out.contains("A plausible patch"), fettle.out);
    }

    @Test
    void whatTheModelSaysIsNotBelieved() throws IOException {
        pythonCart();
        try (FakeModelServer server = FakeModelServer.answering(calls(call("edit", WRONG)), text("All is well."))) {
            assertEquals(1, fettle.withAnthropic(server).type("debug", "--json"), fettle.err);
            JsonNode json = JsonMapper.shared().readTree(fettle.out);
            assertFalse(json.path("verification").path("passed").asBoolean(), fettle.out);
            assertTrue(json.path("diff").asString().contains("prices[2:]"), fettle.out);
            assertEquals("completed", json.path("result").path("status").asString());
        }
    }

    @Test
    void whatDoesNotFailCostsNoModel() throws IOException {
        pythonCart();
        put("cart.py", "def total(prices):\n    return sum(prices)\n\n\ndef count(prices):\n    return len(prices)\n");
        try (FakeModelServer server = FakeModelServer.answering(text("never asked"))) {
            assertEquals(0, fettle.withAnthropic(server).type("debug"), fettle.err);
            assertEquals(0, server.requests().size());
            assertTrue(fettle.out.startsWith("Nothing fails here."), fettle.out);
        }
    }

    @Test
    void withoutAModelConfiguredItSaysSo() throws IOException {
        pythonCart();
        assertEquals(3, fettle.type("debug"));
        assertTrue(fettle.err.contains("No model is configured"), fettle.err);
    }
}
