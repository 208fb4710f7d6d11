package dev.fettle.code.report;

import java.util.Optional;

/// A line of a program that a failure went through.
///
/// @param file as it was written: a path, or only a name
/// @param line counted from 1
/// @param symbol the function or method, as far as it is known
/// @param path the file's place in the workspace; empty for code that is not the workspace's own
public record Frame(String file, int line, String symbol, Optional<String> path) {
    public Frame(String file, int line, String symbol) {
        this(file, line, symbol, Optional.empty());
    }

    public Frame at(Optional<String> place) {
        return new Frame(file, line, symbol, place);
    }

    public boolean isOurs() {
        return path.isPresent();
    }

    @Override
    public String toString() {
        String place = path.orElse(file) + ":" + line;
        return symbol.isEmpty() ? place : place + " in " + symbol;
    }
}
