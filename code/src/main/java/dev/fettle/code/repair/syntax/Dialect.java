package dev.fettle.code.repair.syntax;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.treesitter.TSLanguage;
import org.treesitter.TreeSitterJava;
import org.treesitter.TreeSitterJavascript;
import org.treesitter.TreeSitterPython;

/// How a language spells what all of them have.
public enum Dialect {
    JAVA("java", "null") {
        @Override
        TSLanguage grammar() {
            return new TreeSitterJava();
        }

        @Override
        public List<String> emptiness(String name) {
            return List.of(name + " == null", name + ".length == 0", name + ".isEmpty()", name + " <= 0");
        }
    },
    PYTHON("py", "None") {
        @Override
        TSLanguage grammar() {
            return new TreeSitterPython();
        }

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
    JAVASCRIPT("js mjs cjs", "null") {
        @Override
        TSLanguage grammar() {
            return new TreeSitterJavascript();
        }

        @Override
        public List<String> emptiness(String name) {
            return List.of("!" + name, name + " == null", name + ".length === 0", name + " <= 0");
        }

        @Override
        public List<String> blanks() {
            return List.of("null", "0", "false", "true", "[]", "\"\"", "-1", "undefined", "{}");
        }
    };

    /// Parted by blanks.
    private final String extensions;
    private final String nothing;

    Dialect(String extensions, String nothing) {
        this.extensions = extensions;
        this.nothing = nothing;
    }

    /// The language of a file, if it can be repaired.
    public static Optional<Dialect> of(String path) {
        return Arrays.stream(values())
                .filter(each -> List.of(each.extensions.split(" ")).contains(path.substring(path.lastIndexOf('.') + 1)))
                .findFirst();
    }

    abstract TSLanguage grammar();

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
