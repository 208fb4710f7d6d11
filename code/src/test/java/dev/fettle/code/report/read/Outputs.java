package dev.fettle.code.report.read;

import dev.fettle.code.report.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// What tools printed about a cart that forgets its first price.
final class Outputs {
    private Outputs() {}

    static String text(String file) {
        try (InputStream in =
                Objects.requireNonNull(Outputs.class.getResourceAsStream("/dev/fettle/code/report/" + file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Reading printed(String file) {
        return OutputReader.read(text(file));
    }

    static Reading reported(String file) {
        return OutputReader.read("", List.of(text(file)));
    }
}
