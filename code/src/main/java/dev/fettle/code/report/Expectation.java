package dev.fettle.code.report;

/// What a test wanted and what it got, as printed.
public record Expectation(String expected, String actual) {}
