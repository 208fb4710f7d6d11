package dev.fettle.cli.highlight;

import dev.fettle.cli.text.Look;

/// What a piece of code is.
enum Shade {
    PLAIN,
    COMMENT,
    STRING,
    NUMBER,
    WORD,
    NAME,
    LABEL,
    VARIABLE,
    KEY,
    TAG,
    ADDED,
    REMOVED;

    Look look() {
        return switch (this) {
            case PLAIN -> Look.PLAIN;
            case COMMENT -> Look.DIM;
            case STRING, ADDED -> Look.GREEN;
            case NUMBER, LABEL -> Look.YELLOW;
            case WORD -> Look.MAGENTA;
            case NAME, VARIABLE, KEY, TAG -> Look.CYAN;
            case REMOVED -> Look.RED;
        };
    }
}
