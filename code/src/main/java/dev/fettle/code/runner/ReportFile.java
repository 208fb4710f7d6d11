package dev.fettle.code.runner;

/// A file that a test command left, as far as it was not too long.
public record ReportFile(String path, String content) {}
