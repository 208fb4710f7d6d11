package dev.fettle.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationReaderTest {
    @TempDir
    private Path directory = Path.of("");

    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> flags = new HashMap<>();
    private Path home = Path.of("");
    private Path here = Path.of("");

    @BeforeEach
    void makeDirectories() throws IOException {
        home = Files.createDirectory(directory.resolve("home"));
        here = Files.createDirectory(directory.resolve("here"));
    }

    private Configuration read() throws ConfigurationReader.MistakenException {
        return new ConfigurationReader(home, here, environment).read(flags, Optional.empty());
    }

    private List<String> mistakes() {
        return assertThrows(ConfigurationReader.MistakenException.class, this::read)
                .mistakes();
    }

    private void write(Path file, String... lines) throws IOException {
        Files.write(file, List.of(lines));
    }

    @Test
    void withoutAnythingTheDefaultsHold() throws Exception {
        Configuration configuration = read();
        assertEquals(100, configuration.get(Settings.AGENT_MAX_STEPS));
        assertEquals(Duration.ofHours(1), configuration.get(Settings.AGENT_MAX_TIME));
        assertEquals(Optional.empty(), configuration.find(Settings.LLM_MODEL));
        assertEquals(
                Optional.of(new Configuration.Value<>(100, "100", Layer.DEFAULT)),
                configuration.value(Settings.AGENT_MAX_STEPS));
    }

    @Test
    void eachLayerWinsOverTheOnesBefore() throws Exception {
        write(home.resolve("config.env"), "LLM_MODEL=one", "ENV=staging");
        assertLayer("one", Layer.ENVIRONMENT_FILE);
        write(home.resolve("staging.env"), "LLM_MODEL=two");
        assertLayer("two", Layer.PER_ENVIRONMENT_FILE);
        write(here.resolve(".env"), "LLM_MODEL=three");
        assertLayer("three", Layer.DOT_ENV);
        environment.put("LLM_MODEL", "four");
        assertLayer("four", Layer.ENVIRONMENT);
        flags.put("LLM_MODEL", "five");
        assertLayer("five", Layer.FLAG);
    }

    private void assertLayer(String value, Layer layer) throws ConfigurationReader.MistakenException {
        assertEquals(Optional.of(new Configuration.Value<>(value, value, layer)), read().value(Settings.LLM_MODEL));
    }

    @Test
    void theEnvironmentChoosesItsFileUnderEitherName() throws Exception {
        write(home.resolve("production.env"), "LLM_MODEL=of production");
        write(home.resolve("development.env"), "LLM_MODEL=of development");
        assertEquals(Optional.of("of development"), read().find(Settings.LLM_MODEL));
        environment.put("ENVIRONMENT", "production");
        assertEquals(Optional.of("of production"), read().find(Settings.LLM_MODEL));
        environment.put("ENV", "development");
        assertEquals(Optional.of("of development"), read().find(Settings.LLM_MODEL));
    }

    @Test
    void everyMistakeIsReportedAtOnceWithAnExample() throws Exception {
        write(home.resolve("config.env"), "LLM_MODLE=x", "UNHEARD_OF=1");
        environment.putAll(Map.of(
                "AGENT_MAX_STEPS", "many",
                "LLM_TEMPERATURE", "9",
                "LLM_BASE_URL", "localhost:8000",
                "AGENT_MAX_TIME", "soon",
                "AGENT_MAX_COST", "-1",
                "READONLY_MODE", "maybe",
                "ENV", "prod",
                "SECRET_KEY", "short and secret"));
        List<String> mistakes = mistakes();
        assertEquals(10, mistakes.size(), String.join("\n", mistakes));
        String all = String.join("\n", mistakes);
        for (String part : List.of(
                "`LLM_MODLE` in `%s` is no setting; did you mean `LLM_MODEL`?".formatted(home.resolve("config.env")),
                "`UNHEARD_OF`",
                "AGENT_MAX_STEPS (environment) must be a whole number from 1 to 10000, not `many`; for example AGENT_MAX_STEPS=100",
                "LLM_TEMPERATURE (environment) must be a number from 0.0 to 2.0",
                "LLM_BASE_URL (environment) must be a URL beginning with http:// or https://",
                "AGENT_MAX_TIME (environment) must be a time in seconds, minutes, hours or days",
                "AGENT_MAX_COST (environment) must be an amount of US dollars",
                "READONLY_MODE (environment) must be true or false",
                "ENV (environment) must be one of development, testing, staging, production",
                "SECRET_KEY (environment) must have at least 32 characters; for example")) {
            assertTrue(all.contains(part), part + " is missing in\n" + all);
        }
        assertTrue(!all.contains("short and secret"), all);
    }

    @Test
    void timesAreOfAnyLengthAndSizesOfAnyUnit() throws Exception {
        environment.putAll(Map.of("RETENTION", "90d", "WORKER_LEASE", "2m", "OUTPUT_LIMIT", "20mb"));

        Configuration configuration = read();

        assertEquals(Duration.ofDays(90), configuration.get(Settings.RETENTION));
        assertEquals(Duration.ofMinutes(2), configuration.get(Settings.WORKER_LEASE));
        assertEquals(20_000_000L, configuration.get(Settings.OUTPUT_LIMIT));
        assertEquals(10_000_000_000L, configuration.get(Settings.SNAPSHOT_LIMIT));
        assertEquals(Optional.empty(), configuration.find(Settings.RETENTION_FACTS));
    }

    @Test
    void aProjectsFileMaySetThePreferencesOfTheProjectOnly() throws Exception {
        write(
                here.resolve(".env"),
                "LLM_MODEL=openai/gpt-5",
                "LLM_BASE_URL=https://attacker.example/v1",
                "OPENAI_API_KEY=theirs",
                "AGENT_MAX_COST=1000",
                "DATABASE_PASSWORD_OF_THE_APP=whatever");
        Configuration configuration = read();
        assertEquals(Optional.of("openai/gpt-5"), configuration.find(Settings.LLM_MODEL));
        assertEquals(Optional.empty(), configuration.find(Settings.LLM_BASE_URL));
        assertEquals(Optional.empty(), configuration.find(Settings.OPENAI_API_KEY));
        assertEquals(Optional.empty(), configuration.find(Settings.AGENT_MAX_COST));
        assertEquals(3, configuration.notes().size(), configuration.notes().toString());
        assertTrue(configuration.notes().getFirst().contains("fettle trust .env"));
    }

    @Test
    void aSlipInAProjectsFileIsAMistake() throws Exception {
        write(here.resolve(".env"), "LLM_MODLE=x");
        assertTrue(mistakes().getFirst().endsWith("did you mean `LLM_MODEL`?"));
    }

    @Test
    void aTrustedFileCountsInFullUntilItChanges() throws Exception {
        write(here.resolve(".env"), "OPENAI_API_KEY=mine", "PORT_OF_THE_APP=1");
        new TrustedFiles(home.resolve("trusted")).add(here.resolve(".env"));
        assertEquals(Optional.of("mine"), read().find(Settings.OPENAI_API_KEY));
        assertEquals(List.of(), read().notes());
        write(here.resolve(".env"), "OPENAI_API_KEY=theirs");
        assertEquals(Optional.empty(), read().find(Settings.OPENAI_API_KEY));
        assertEquals(1, read().notes().size());
    }

    @Test
    void aGivenFileCountsInFull() throws Exception {
        write(here.resolve("mine.env"), "OPENAI_API_KEY=mine", "ENV=production");
        write(here.resolve(".env"), "LLM_MODEL=of the project");
        write(home.resolve("production.env"), "LOG_LEVEL=error");
        Configuration configuration =
                new ConfigurationReader(home, here, environment).read(flags, Optional.of(Path.of("mine.env")));
        assertEquals(Optional.of("mine"), configuration.find(Settings.OPENAI_API_KEY));
        assertEquals(Optional.empty(), configuration.find(Settings.LLM_MODEL));
        assertEquals("error", configuration.get(Settings.LOG_LEVEL));
        ConfigurationReader.MistakenException missing = assertThrows(
                ConfigurationReader.MistakenException.class,
                () -> new ConfigurationReader(home, here, environment)
                        .read(flags, Optional.of(Path.of("nowhere.env"))));
        assertTrue(missing.mistakes().getFirst().contains("is not a file"));
    }

    @Test
    void anEmptyValueUnsetsWhatWasSaidBefore() throws Exception {
        write(home.resolve("config.env"), "LLM_BASE_URL=http://localhost:1/v1");
        environment.put("LLM_BASE_URL", "");
        assertEquals(Optional.empty(), read().find(Settings.LLM_BASE_URL));
    }

    @Test
    void aMalformedFileIsNamedAndNotQuoted() throws Exception {
        write(home.resolve("config.env"), "OPENAI_API_KEY=fine", "my secret without a name");
        String mistake = mistakes().getFirst();
        assertTrue(mistake.contains("config.env") && mistake.contains("NAME=value"), mistake);
        assertTrue(!mistake.contains("secret"), mistake);
    }

    @Test
    void valuesMayBeQuotedAndLinesCommented() throws Exception {
        write(home.resolve("config.env"), "# mine", "", "LLM_MODEL=\"a model\"", "AGENT_MAX_COST=$2.50");
        assertEquals(Optional.of("a model"), read().find(Settings.LLM_MODEL));
        assertEquals("2.5", read().find(Settings.AGENT_MAX_COST).orElseThrow().toString());
    }

    @Test
    void everyExampleIsARightValue() {
        for (Setting<?> setting : Settings.ALL) {
            setting.parser().parse(setting.example());
            setting.standard().ifPresent(setting.parser()::parse);
        }
    }

    @Test
    void flagsCanBePutOverSettingsThatWereReadBefore() throws Exception {
        write(home.resolve("config.env"), "LLM_MODEL=one", "AGENT_MAX_STEPS=7");
        ConfigurationReader reader = new ConfigurationReader(home, here, environment);
        Configuration before = reader.read(flags, Optional.empty());
        for (String steps : List.of("9", "")) {
            Map<String, String> given = Map.of("AGENT_MAX_STEPS", steps);
            for (Setting<?> setting : Settings.ALL) {
                assertEquals(
                        reader.read(given, Optional.empty()).value(setting),
                        reader.read(before, given).value(setting),
                        setting.name());
            }
        }
        write(home.resolve("staging.env"), "LLM_MODEL=two");
        assertEquals(
                Optional.of("two"),
                reader.read(before, Map.of("ENVIRONMENT", "staging")).find(Settings.LLM_MODEL));
        assertThrows(
                ConfigurationReader.MistakenException.class,
                () -> reader.read(before, Map.of("AGENT_MAX_STEPS", "many")));
    }
}
