package dev.fettle.code.source;

/// What a file asks for from elsewhere.
///
/// @param target as it is written, without quotes
/// @param line from 1
public record Import(String target, int line) {}
