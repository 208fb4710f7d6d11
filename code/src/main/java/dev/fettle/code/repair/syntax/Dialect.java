package dev.fettle.code.repair.syntax;

import dev.fettle.code.source.Language;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// How a language spells what all of them have.
public enum Dialect {
    JAVA(Language.JAVA, "null") {
        @Override
        public List<String> emptiness(String name) {
            return List.of(name + " == null", name + ".length == 0", name + ".isEmpty()", name + " <= 0");
        }
    },
    PYTHON(Language.PYTHON, "None") {
        @Override
        public List<String> emptiness(String name) {
            return List.of("not " + name, name + " is None", name + " <= 0");
        }

        @Override
        public String not(String condition) {
            return "not (%s)".formatted(condition);
        }

        @Override
        public String both(String one, String other) {
            return "(%s) and (%s)".formatted(one, other);
        }

        @Override
        public String either(String one, String other) {
            return "(%s) or (%s)".formatted(one, other);
        }

        @Override
        public String isThere(String name) {
            return name + " is not None";
        }

        @Override
        public List<String> blanks() {
            return List.of("None", "0", "False", "True", "[]", "\"\"", "-1", "{}");
        }

        @Override
        public String truth(boolean value) {
            return value ? "True" : "False";
        }

        @Override
        public String when(String condition, String statement) {
            return "if %s: %s".formatted(condition, statement);
        }

        @Override
        public String end() {
            return "";
        }
    },
    JAVASCRIPT(Language.JAVASCRIPT, "null") {
        @Override
        public List<String> emptiness(String name) {
            return List.of("!" + name, name + " == null", name + ".length === 0", name + " <= 0");
        }

        @Override
        public List<String> blanks() {
            return List.of("null", "0", "false", "true", "[]", "\"\"", "-1", "undefined", "{}");
        }
    };

    private final Language language;
    private final String nothing;

    Dialect(Language language, String nothing) {
        this.language = language;
        this.nothing = nothing;
    }

    /// The language of a file, if it can be repaired.
    public static Optional<Dialect> of(String path) {
        Optional<Language> language = Language.of(path);
        return Arrays.stream(values())
                .filter(each -> language.filter(each.language::equals).isPresent())
                .findFirst();
    }

    Language language() {
        return language;
    }

    public String nothing() {
        return nothing;
    }

    public String not(String condition) {
        return "!(%s)".formatted(condition);
    }

    public String both(String one, String other) {
        return "(%s) && (%s)".formatted(one, other);
    }

    public String either(String one, String other) {
        return "(%s) || (%s)".formatted(one, other);
    }

    public String isThere(String name) {
        return name + " != null";
    }

    /// What a function may give back where it has nothing to say.
    public List<String> blanks() {
        return List.of("null", "0", "false", "true", "\"\"", "-1", "java.util.List.of()", "java.util.Map.of()");
    }

    public String truth(boolean value) {
        return Boolean.toString(value);
    }

    public String when(String condition, String statement) {
        return "if (%s) %s".formatted(condition, statement);
    }

    /// What ends a simple statement.
    public String end() {
        return ";";
    }

    /// Conditions under which there is nothing to work with.
    public abstract List<String> emptiness(String name);
}
