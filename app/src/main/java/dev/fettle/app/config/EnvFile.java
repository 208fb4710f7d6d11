package dev.fettle.app.config;

import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvEntry;
import io.github.cdimascio.dotenv.DotenvException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// A file of `NAME=value` lines.
final class EnvFile {
    private EnvFile() {}

    /// The file's values in their order; none if there is no such file.
    ///
    /// @throws IllegalArgumentException if it cannot be read or is malformed; the message does not quote the file,
    ///     which may hold secrets
    static Map<String, String> read(Path file) {
        SequencedMap<String, String> values = new LinkedHashMap<>();
        if (!Files.isRegularFile(file)) {
            return values;
        }
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("`%s` cannot be read; check its owner and mode".formatted(file));
        }
        try {
            Dotenv parsed = Dotenv.configure()
                    .directory(file.toAbsolutePath().resolveSibling("").toString())
                    .filename(String.valueOf(file.getFileName()))
                    .load();
            for (DotenvEntry entry : parsed.entries(Dotenv.Filter.DECLARED_IN_ENV_FILE)) {
                values.put(entry.getKey(), entry.getValue());
            }
            return values;
        } catch (DotenvException e) {
            throw new IllegalArgumentException("`%s` has a line that is not of the form NAME=value".formatted(file), e);
        }
    }
}
