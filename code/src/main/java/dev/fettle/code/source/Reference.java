package dev.fettle.code.source;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// A place where a name is used.
///
/// @param line from 1
/// @param from the number of the symbol it is in, by its place in the file; -1 if in none
public record Reference(String name, Kind kind, int line, int from) {

    public enum Kind {
        CALL,
        TYPE,
        USE;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
