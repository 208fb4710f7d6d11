package dev.fettle.cli.replay;

import dev.fettle.cli.host.CommandException;
import dev.fettle.core.model.Delta;
import dev.fettle.core.session.EventJson;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.turn.TurnListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Writes each event into a file as it gets into the log, so that a kill loses nothing of the recording either.
///
/// @param next listens, too
public record RunRecorder(Path file, TurnListener next) implements TurnListener {

    /// A recorder into a new file.
    public static RunRecorder into(Path file, TurnListener next) {
        try {
            if (Files.exists(file) && Files.size(file) > 0) {
                throw CommandException.usage(
                        "`%s` has something in it already; record into a new file, or remove it.".formatted(file));
            }
            Files.writeString(file, "");
        } catch (IOException e) {
            throw CommandException.usage("Cannot record into `%s`: %s".formatted(file, e));
        }
        return new RunRecorder(file, next);
    }

    @Override
    public void onEvent(LogEntry entry) {
        try {
            Files.writeString(
                    file, EventJson.writeEntry(entry) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot record into " + file, e);
        }
        next.onEvent(entry);
    }

    @Override
    public void onDelta(Delta delta) {
        next.onDelta(delta);
    }
}
