package dev.fettle.code.source;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// Something a file defines.
///
/// @param signature its source up to the body, on one line
/// @param first the line it begins on, from 1
/// @param last the line it ends on
/// @param container the number of the symbol it is in, by its place in the file; -1 if in none
/// @param complexity branches and 1 for what runs, 0 for what does not (McCabe 1976)
/// @param isEntry whether it runs by itself: `main`
public record Symbol(
        String name, Kind kind, String signature, int first, int last, int container, int complexity, boolean isEntry) {

    public enum Kind {
        MODULE,
        CLASS,
        INTERFACE,
        ENUM,
        RECORD,
        STRUCT,
        TRAIT,
        TYPE,
        FUNCTION,
        METHOD,
        CONSTRUCTOR,
        FIELD,
        CONSTANT,
        VARIABLE,
        MACRO,
        TABLE,
        RULE,
        ELEMENT,
        KEY;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Whether it has a body that runs.
        public boolean isCallable() {
            return switch (this) {
                case FUNCTION, METHOD, CONSTRUCTOR, MACRO -> true;
                case MODULE,
                        CLASS,
                        INTERFACE,
                        ENUM,
                        RECORD,
                        STRUCT,
                        TRAIT,
                        TYPE,
                        FIELD,
                        CONSTANT,
                        VARIABLE,
                        TABLE,
                        RULE,
                        ELEMENT,
                        KEY -> false;
            };
        }
    }

    /// How many lines it has.
    public int lines() {
        return last - first + 1;
    }
}
