package dev.fettle.app.demo;

import dev.fettle.core.model.Model;
import dev.fettle.core.usage.Price;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A small Java project with one failing test, and the recorded answers that mend it.
public final class DemoProject {
    public static final String PROMPT = "A test of this project fails. Find out why and mend it.";

    /// What the recording stands in for: a mid-size hosted model, at what such a model costs.
    public static final Model MODEL = new Model(
            "demo",
            "recorded",
            200_000,
            8_192,
            Optional.of(new Price(
                    new BigDecimal("3"), new BigDecimal("0.30"), new BigDecimal("3.75"), new BigDecimal("15"))));

    private static final String SCRIPT = "run-tests";
    private static final List<String> FILES = List.of(
            "README.md",
            SCRIPT,
            "src/main/java/shop/Cart.java",
            "src/main/java/shop/Discount.java",
            "src/main/java/shop/Shipping.java",
            "src/test/java/shop/CartTest.java");

    private DemoProject() {}

    /// Writes the project into a directory.
    public static void copyTo(Path directory) {
        try {
            for (String file : FILES) {
                Path target = directory.resolve(file);
                Files.createDirectories(target.getParent());
                Files.writeString(target, resource("project/" + file));
            }
            // Resources cannot be called .gitignore: build tools leave such files out.
            Files.writeString(directory.resolve(".gitignore"), resource("project/gitignore"));
            Files.setPosixFilePermissions(directory.resolve(SCRIPT), PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the demo project to " + directory, e);
        }
    }

    /// The recording, one answer a line.
    public static String recording() {
        return resource("recording.jsonl");
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(DemoProject.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
