package dev.fettle.code.syntax;

import java.util.function.Predicate;

/// What the text of a captured node has to be like.
record Condition(int capture, Predicate<String> test) {}
