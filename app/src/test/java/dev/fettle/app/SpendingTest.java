package dev.fettle.app;

import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.testkit.server.FakeModelServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a user sees of budgets, prices and usage, with everything real but the model.
@Timeout(120)
class SpendingTest {
    @TempDir
    private Path directory = Path.of("");

    private Installation fettle;

    @BeforeEach
    void install() {
        fettle = new Installation(directory);
    }

    private void ownModels(String json) throws IOException {
        Files.writeString(fettle.home.resolve("models.json"), json);
    }

    @Test
    void aBudgetThatDoesNotCoverTheCallStopsTheRunBeforeIt() {
        try (FakeModelServer server = FakeModelServer.answering(text("done"))) {
            fettle.withAnthropic(server).environment.put("AGENT_BUDGET_DAY", "0.01");
            assertEquals(7, fettle.type("run", "--output", "json", "go"), fettle.err);
            assertEquals(0, server.requests().size());
            JsonNode result = JsonMapper.shared().readTree(fettle.out);
            assertEquals("limit_budget", result.path("status").asString());
            assertTrue(fettle.err.contains("raise AGENT_BUDGET_DAY"), fettle.err);

            fettle.environment.put("AGENT_BUDGET_DAY", "0.10");
            assertEquals(0, fettle.type("run", "--continue", "go"), fettle.err);
            long most = JsonMapper.shared()
                    .readTree(server.requests().getFirst().text())
                    .path("max_tokens")
                    .asLong();
            assertTrue(most >= 4_096 && most < 10_000, "the answer was limited to %d tokens".formatted(most));
        }
    }

    @Test
    void usageAgreesWithTheResultAndOutlivesTheSession() {
        try (FakeModelServer server = FakeModelServer.answering(text("done"))) {
            fettle.withAnthropic(server).type("run", "--output", "json", "go");
            JsonNode result = JsonMapper.shared().readTree(fettle.out);
            assertEquals(0, fettle.type("sessions", "delete", "--yes", "latest"), fettle.err);

            assertEquals(0, fettle.type("usage", "--by", "model", "--json"), fettle.err);

            JsonNode row = JsonMapper.shared().readTree(fettle.out).path("rows").path(0);
            assertEquals("anthropic/claude-sonnet-5-5", row.path("key").asString());
            assertEquals(result.path("usage"), row.path("usage"));
            assertEquals(result.path("cost_usd"), row.path("cost_usd"));
        }
    }

    @Test
    void aModelWithoutAPriceNeedsOneOrAWord() throws IOException {
        try (FakeModelServer server = FakeModelServer.answering(text("one"), text("two"))) {
            fettle.withCompatible(server).environment.put("AGENT_BUDGET_MONTH", "1");
            assertEquals(7, fettle.type("run", "go"));
            assertTrue(fettle.err.contains("No price is known for compatible/qwen3-coder"), fettle.err);
            assertEquals(0, fettle.type("run", "--allow-unpriced", "go"), fettle.err);

            ownModels("{\"models\":{\"compatible\":{\"qwen3-coder\":{\"price\":{\"input\":\"1\",\"output\":\"2\"}}}}}");
            assertEquals(0, fettle.type("run", "--max-cost", "1", "go"), fettle.err);
        }
    }

    @Test
    void aMistakeInTheOwnModelsIsAUsageError() throws IOException {
        try (FakeModelServer server = FakeModelServer.answering()) {
            ownModels("{\"models\": 3}");
            assertEquals(2, fettle.withAnthropic(server).type("run", "go"));
            assertTrue(
                    fettle.err.contains("models.json in Fettle's home makes no sense: it has no object"), fettle.err);
        }
    }
}
