package dev.fettle.core.secret;

/// A value in a text that looks like a secret.
///
/// @param kind what it is, as in `openai` or `password`
/// @param start of the first character that has to go
/// @param end after the last one
/// @param value the secret itself; differs from the text where that wraps or numbers its lines
public record Finding(String kind, int start, int end, String value) {
    /// Enough to recognise one's own value by, too little to use it.
    public String masked() {
        return value.length() < 20 ? "*".repeat(8) : value.substring(0, 4) + "*".repeat(8);
    }

    /// Without the value, so that no log gets it by accident.
    @Override
    public String toString() {
        return "Finding[%s, %d to %d]".formatted(kind, start, end);
    }
}
