package dev.fettle.code.debug;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// What a model is asked to do about a failure; the facts follow it.
public final class Task {
    private Task() {}

    public static String text() {
        try (InputStream in = Objects.requireNonNull(Task.class.getResourceAsStream("prompt.md"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
