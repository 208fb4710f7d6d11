package dev.fettle.app.config;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KnownSecretsTest {
    @TempDir
    Path directory;

    @Test
    void secretSettingsAndVariablesWithTellingNamesAreKnown() throws Exception {
        Map<String, String> environment = Map.of(
                "ANTHROPIC_API_KEY", "anthropic-value",
                "GITHUB_TOKEN", "github-value",
                "Db_Passwd", "db-value",
                "SHORT_SECRET", "seven77",
                "PATH", "/usr/bin:/bin");
        assertEquals(
                Map.of("anthropic-value", "anthropic", "github-value", "github", "db-value", "db"),
                KnownSecrets.of(
                        new ConfigurationReader(directory, directory, environment).read(Map.of(), Optional.empty()),
                        environment));
    }

    @Test
    void theKeyForFingerprintsIsMadeOnceAndOnlyTheUserCanReadIt() throws Exception {
        Home home = new Home(directory.resolve("home"));
        byte[] key = home.secretsKey();
        assertEquals(32, key.length);
        assertArrayEquals(key, home.secretsKey());
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("home/secrets.key"))));
    }
}
