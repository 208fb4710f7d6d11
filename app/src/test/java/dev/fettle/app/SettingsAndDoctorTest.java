package dev.fettle.app;

import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.testkit.server.FakeModelServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsAndDoctorTest {
    @TempDir
    private Path directory = Path.of("");

    private Installation fettle;

    @BeforeEach
    void install() {
        fettle = new Installation(directory);
    }

    @Test
    void secretsAreMasked() {
        fettle.environment.put("OPENAI_API_KEY", "very-secret");
        assertEquals(0, fettle.type("config", "show", "--max-steps", "7"));
        assertFalse(fettle.out.contains("very-secret"), fettle.out);
        assertTrue(
                fettle.out.lines().anyMatch(line -> line.matches("OPENAI_API_KEY +\\*+ +environment .*")), fettle.out);
        assertTrue(fettle.out.lines().anyMatch(line -> line.matches("AGENT_MAX_STEPS +7 +flag .*")), fettle.out);
        assertTrue(fettle.out.lines().anyMatch(line -> line.matches("LOG_LEVEL +warn +default .*")), fettle.out);
    }

    @Test
    void mistakesAreNamedAndNothingStarts() {
        fettle.environment.put("AGENT_MAX_STEPS", "many");
        fettle.environment.put("PORT", "0");
        for (String[] command : new String[][] {{"config", "show"}, {"run", "go"}}) {
            assertEquals(2, fettle.type(command));
            assertTrue(fettle.err.contains("AGENT_MAX_STEPS") && fettle.err.contains("PORT"), fettle.err);
        }
        assertFalse(Files.exists(fettle.home.resolve("sessions.db")));
    }

    @Test
    void doctorNamesWhatIsMissingAndTheRemedy() {
        assertEquals(1, fettle.type("doctor"));
        assertTrue(fettle.out.contains("✗ model"), fettle.out);
        assertTrue(fettle.out.contains("export ANTHROPIC_API_KEY"), fettle.out);
        assertTrue(fettle.out.contains(" sandbox "), fettle.out);
        fettle.environment.put("ANTHROPIC_API_KEY", "key");
        assertEquals(0, fettle.type("doctor"), fettle.out);
        assertTrue(fettle.out.contains("✓ model        anthropic/"), fettle.out);
    }

    @Test
    void doctorWarnsOfWhatIsConfiguredAndNotUsed() throws IOException {
        fettle.environment.put("LLM_BASE_URL", "http://localhost:1/v1");
        fettle.environment.put("LLM_MODEL", "home-made");
        Files.writeString(fettle.project.resolve(".env"), "OPENAI_API_KEY=theirs\n");
        assertEquals(0, fettle.type("doctor"), fettle.out);
        assertTrue(fettle.out.contains("no price is known"), fettle.out);
        assertTrue(fettle.out.contains("`OPENAI_API_KEY`"), fettle.out);
    }

    @Test
    void doctorFindsADamagedDatabaseAndAMissingProgram() throws IOException {
        fettle.environment.put("ANTHROPIC_API_KEY", "key");
        try (FakeModelServer server = FakeModelServer.answering(text("done"))) {
            fettle.withAnthropic(server).type("run", "go");
        }
        assertEquals(0, fettle.type("doctor"), fettle.out);
        assertTrue(fettle.out.contains("1 session(s)"), fettle.out);
        Files.writeString(fettle.home.resolve("sessions.db"), "damaged");
        fettle.environment.put("PATH", directory.toString());
        assertEquals(1, fettle.type("doctor"));
        assertTrue(fettle.out.contains("✗ sessions"), fettle.out);
        assertTrue(fettle.out.contains("→ fettle sessions repair"), fettle.out);
        assertTrue(fettle.out.contains("✗ bash"), fettle.out);
    }

    @Test
    void doctorReportsEveryMistakeInTheSettings() {
        fettle.environment.put("PORT", "x");
        fettle.environment.put("FETTLE_HOME", "/dev/null/home");
        assertEquals(1, fettle.type("doctor"));
        assertTrue(fettle.out.contains("PORT (environment) must be"), fettle.out);
        assertTrue(fettle.out.contains("✗ home"), fettle.out);
    }

    @Test
    void debugShowsWhereAFailureComesFrom() {
        fettle.environment.put("AGENT_DEBUG", "true");
        assertEquals(3, fettle.type("run", "go"));
        assertTrue(fettle.err.contains("\tat dev.fettle."), fettle.err);
    }
}
