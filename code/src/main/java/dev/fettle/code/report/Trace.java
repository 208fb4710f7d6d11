package dev.fettle.code.report;

import java.util.List;
import java.util.function.UnaryOperator;

/// An error and the way to it.
///
/// @param error its type and message as written; may be empty
/// @param frames the innermost first
public record Trace(String error, List<Frame> frames) {
    public Trace {
        frames = List.copyOf(frames);
    }

    public Trace mapped(UnaryOperator<Frame> place) {
        return new Trace(error, frames.stream().map(place).toList());
    }
}
