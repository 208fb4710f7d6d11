package dev.fettle.telemetry.log;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// How a process is to log.
///
/// @param level the least severe that is told: `trace` to `error`
/// @param isJson whether each event is a line of JSON; else lines for people
/// @param file where to, rotating; empty for the stream
/// @param stream where to if there is no file
/// @param mask takes secrets out of whatever is written
public record LogOptions(
        String level, boolean isJson, Optional<Path> file, OutputStream stream, UnaryOperator<String> mask) {}
