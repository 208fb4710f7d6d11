package dev.fettle.server.problem;

/// One mistake in a body.
///
/// @param pointer where, as a JSON pointer (RFC 6901); empty for the whole body
public record FieldError(String pointer, String detail) {}
