package dev.fettle.providers.http;

/// One event of a stream.
///
/// @param name `message` unless the stream says otherwise
/// @param data its lines, joined by line feeds
public record SseEvent(String name, String data) {}
