package dev.fettle.app;

import static dev.fettle.testkit.Answers.call;
import static dev.fettle.testkit.Answers.calls;
import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.testkit.server.FakeModelServer;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Which models there are, and whether they answer, at the wire.
@Timeout(120)
class ModelsTest {
    @TempDir
    private Path directory = Path.of("");

    private Installation fettle;

    @BeforeEach
    void install() {
        fettle = new Installation(directory);
    }

    @Test
    void theConfiguredModelIsTried() {
        try (FakeModelServer server = FakeModelServer.answering(calls(call("ready", "{\"word\":\"yes\"}")))) {
            assertEquals(0, fettle.withAnthropic(server).type("models", "test"), fettle.out);
            assertTrue(fettle.out.startsWith("ok    anthropic/claude-sonnet-5-5 "), fettle.out);
            assertTrue(fettle.out.contains("streaming: yes, tools: yes"), fettle.out);
            assertEquals(1, server.requests().size());
        }
    }

    @Test
    void whatCannotBeReachedIsSaidWithItsRemedyAndTheOthersAreTriedAllTheSame() {
        try (FakeModelServer server = FakeModelServer.answering(calls(call("ready", "{\"word\":\"yes\"}")))) {
            assertEquals(
                    3,
                    fettle.withOpenAi(server)
                            .type("models", "test", "gemini/gemini-3.8-flash", "nobody/x", "openai/gpt-6.1-sol"));
            assertTrue(fettle.out.contains("GEMINI_API_KEY is not set"), fettle.out);
            assertTrue(fettle.out.contains("names the provider `nobody`"), fettle.out);
            assertTrue(fettle.out.contains("ok    openai/gpt-6.1-sol"), fettle.out);
        }
    }

    @Test
    void theListSaysWhatIsReady() {
        fettle.environment.put("DEEPSEEK_API_KEY", "key");
        assertEquals(0, fettle.type("models", "list"));
        assertTrue(
                fettle.out.lines().anyMatch(line -> line.startsWith("deepseek/") && line.endsWith("yes")), fettle.out);
        assertTrue(
                fettle.out.lines().anyMatch(line -> line.startsWith("openai/") && line.endsWith("set OPENAI_API_KEY")),
                fettle.out);
    }

    @Test
    void aNameThatTheCatalogueDoesNotKnowIsUsedWithANoteOfThoseNearIt() {
        try (FakeModelServer server = FakeModelServer.answering(text("done"))) {
            assertEquals(
                    0,
                    fettle.withAnthropic(server).type("run", "--model", "anthropic/claude-sonet-5-5", "go"),
                    fettle.err);
            assertTrue(fettle.err.contains("near it are anthropic/claude-sonnet-5-5"), fettle.err);
        }
    }
}
