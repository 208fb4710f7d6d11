package dev.fettle.app;

import static dev.fettle.testkit.Answers.call;
import static dev.fettle.testkit.Answers.calls;
import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.testkit.server.FakeModelServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a model is told besides the user's words, with everything real but the model.
@Timeout(120)
class ContextTest {
    @TempDir
    private Path directory = Path.of("");

    private Installation fettle;

    @BeforeEach
    void install() {
        fettle = new Installation(directory);
    }

    private static String last(FakeModelServer server) {
        return server.requests().getLast().text();
    }

    @Test
    void whatIsRememberedIsToldInALaterSession() {
        try (FakeModelServer server = FakeModelServer.answering(
                calls(call("remember", "{\"text\":\"Deployments need a signed tag.\",\"about\":\"project\"}")),
                text("Noted."),
                text("Done."),
                text("Done."))) {
            fettle.withAnthropic(server);
            assertEquals(0, fettle.type("run", "remember that deployments need a signed tag"), fettle.err);
            assertEquals(0, fettle.type("run", "write the script for signed deployments"), fettle.err);
            assertTrue(fettle.err.contains("› remembers: Deployments need a signed tag."), fettle.err);
            assertTrue(last(server).contains("Deployments need a signed tag."), last(server));

            assertEquals(0, fettle.type("memory", "list", "--here"));
            assertTrue(fettle.out.contains("Deployments need a signed tag."), fettle.out);
            fettle.environment.put("AGENT_MEMORY", "false");
            assertEquals(0, fettle.type("run", "write the script for signed deployments"), fettle.err);
            assertFalse(last(server).contains("Deployments need"), last(server));
            assertFalse(last(server).contains("\"remember\""), last(server));
        }
    }

    /// What is about shipping points one way, all else the other.
    private static float[] meaning(String text) {
        return text.matches("(?s).*([Dd]eploy|[Ss]hip).*") ? new float[] {1, 0} : new float[] {0, 1};
    }

    @Test
    void whatMeansTheLikeIsFoundByAConfiguredModelAndPaidFor() {
        try (FakeModelServer server =
                FakeModelServer.answering(text("Done."), text("Done.")).meaning(ContextTest::meaning)) {
            fettle.withAnthropic(server);
            fettle.environment.put("OPENAI_API_KEY", "key-for-tests");
            fettle.environment.put("OPENAI_BASE_URL", server.openAiBase().toString());
            fettle.environment.put("MEMORY_EMBEDDINGS", "openai/text-embedding-3-small");
            assertEquals(0, fettle.type("memory", "add", "Deployments need a signed tag."), fettle.err);
            assertEquals(0, fettle.type("memory", "add", "Prefer tabs."), fettle.err);

            assertEquals(0, fettle.type("run", "ship this version"), fettle.err);
            assertTrue(fettle.err.contains("› remembers: Deployments need a signed tag."), fettle.err);
            assertFalse(last(server).contains("Prefer tabs."), last(server));
            assertEquals(0, fettle.type("memory", "search", "ship"), fettle.err);
            assertTrue(fettle.out.contains("Deployments need a signed tag."), fettle.out);
            assertEquals(0, fettle.type("usage", "--by", "model"), fettle.err);
            assertTrue(fettle.out.contains("openai/text-embedding-3-small"), fettle.out);

            fettle.environment.put("OPENAI_BASE_URL", server.openAiBase() + "/away");
            assertEquals(0, fettle.type("run", "ship this version"), fettle.err);
            assertFalse(last(server).contains("Deployments"), last(server));
        }
    }

    @Test
    void aModelThatCannotSayWhatTextsMeanIsRefusedAtOnce() {
        fettle.environment.put("ANTHROPIC_API_KEY", "key-for-tests");
        for (var wrong : Map.of(
                        "anthropic/claude-sonnet-5-5", "anthropic has no models that say what texts mean",
                        "openai/text-embedding-3-small", "OPENAI_API_KEY is not set",
                        "text-embedding-3-small", "write it as provider/id")
                .entrySet()) {
            fettle.environment.put("MEMORY_EMBEDDINGS", wrong.getKey());
            assertNotEquals(0, fettle.type("run", "hello"));
            assertTrue(fettle.err.contains(wrong.getValue()), fettle.err);
        }
    }

    @Test
    void aRepositoryHasAMapThatAnybodyCanSee() throws IOException {
        Files.createDirectory(fettle.project.resolve(".git"));
        Files.writeString(
                fettle.project.resolve("Cart.java"), "class Cart {\n    int total() {\n        return 1;\n    }\n}\n");
        Files.writeString(fettle.project.resolve("AGENTS.md"), "Use tabs.\n");
        fettle.environment.put("ANTHROPIC_API_KEY", "key-for-tests");

        assertEquals(0, fettle.type("context", "show", "round Cart.total"), fettle.err);
        assertTrue(fettle.out.contains("=== AGENTS.md: "), fettle.out);
        assertTrue(fettle.out.contains("=== map of the repository: "), fettle.out);
        assertTrue(fettle.out.contains("class Cart"), fettle.out);
        assertTrue(fettle.out.contains("=== prompt: "), fettle.out);
        fettle.environment.put("AGENT_MAP_TOKENS", "0");
        assertEquals(0, fettle.type("context", "show", "--summary"), fettle.err);
        assertFalse(fettle.out.contains("map"), fettle.out);
    }

    @Test
    void instructionsOfADirectoryComeAlongOnce() throws IOException {
        Path shop = Files.createDirectory(fettle.project.resolve("shop"));
        Files.writeString(shop.resolve("AGENTS.md"), "Prices are in cents.\n");
        Files.writeString(shop.resolve("cart.txt"), "1\n");
        try (FakeModelServer server = FakeModelServer.answering(
                calls(call("read", "{\"path\":\"shop/cart.txt\"}")),
                calls(call("read", "{\"path\":\"shop/cart.txt\"}")),
                text("One."))) {
            assertEquals(0, fettle.withAnthropic(server).type("run", "what is in the cart?"), fettle.err);
            assertEquals(2, last(server).split("Prices are in cents", -1).length, last(server));
            assertTrue(fettle.err.contains("› instructions of shop/AGENTS.md"), fettle.err);
        }
    }

    @Test
    void theListOfWhatIsToBeDoneIsShownAndOutlivesACompaction() {
        String list = "{\"todos\":[{\"text\":\"weigh the tulips\",\"state\":\"in_progress\"}]}";
        try (FakeModelServer server =
                FakeModelServer.answering(calls(call("todo", list)), text("On it."), text("Short."))) {
            assertEquals(0, fettle.withAnthropic(server).type("run", "the tulips, please. ".repeat(3_000)), fettle.err);
            assertTrue(fettle.err.contains("[~] weigh the tulips"), fettle.err);

            assertEquals(0, fettle.type("sessions", "compact", "latest"), fettle.err);
            assertEquals(0, fettle.type("context", "show", "--session", "latest", "go on"), fettle.err);
            assertTrue(fettle.out.contains("=== compacted: "), fettle.out);
            assertTrue(fettle.out.contains("[~] weigh the tulips"), fettle.out);
            assertTrue(fettle.out.contains("Short."), fettle.out);
            assertEquals(0, fettle.type("sessions", "show", "latest"));
            assertTrue(fettle.out.contains("! compacted from here on: about "), fettle.out);
        }
    }
}
