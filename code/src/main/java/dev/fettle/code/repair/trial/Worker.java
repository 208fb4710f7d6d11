package dev.fettle.code.repair.trial;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// A program that tries one mutant after the other, and how it is started. It finds its plan, its copy of the workspace
/// and its time for each in the environment, and prints a line for each mutant.
///
/// @param name for people
/// @param program a resource beside this class
/// @param start the line of bash that runs it, as `$FETTLE_HOME/worker.py` or whatever its name ends with
/// @param stages what it runs, the tests that fail first
public record Worker(String name, String program, String start, String stages) {

    /// Whether it starts the tests' own command for each mutant.
    public boolean isCommand() {
        return program.equals("worker.sh");
    }

    String text() {
        try (InputStream in = Objects.requireNonNull(Worker.class.getResourceAsStream(program))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
