package dev.fettle.tools.search;

import dev.fettle.core.tool.ToolException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A file name pattern: `*`, `?`, `[a-z]`, `{a,b}`, `**` for any number of directories. Without a `/` it is for
/// names, wherever they are.
final class Glob {
    private static final String LITERAL = ".()+|^$";

    private final Pattern pattern;

    private Glob(Pattern pattern) {
        this.pattern = pattern;
    }

    static Glob parse(String glob) {
        String anchored = glob.startsWith("./") ? glob.substring(2) : glob.startsWith("/") ? glob.substring(1) : glob;
        String whole = glob.contains("/") ? anchored : "**/" + anchored;
        try {
            return new Glob(Pattern.compile(new Translation(whole).regex(), Pattern.DOTALL));
        } catch (PatternSyntaxException | StringIndexOutOfBoundsException e) {
            throw new ToolException(
                    "`%s` is not a pattern for file names. Use *, ?, [abc], {a,b} and **, such as `src/**/*.{java,kt}`."
                            .formatted(glob));
        }
    }

    /// Whether a path, relative to where the search begins, fits.
    boolean matches(String path) {
        return pattern.matcher(path).matches();
    }

    private static final class Translation {
        private final String glob;
        private final StringBuilder regex = new StringBuilder();
        private int at;
        private int depth;

        Translation(String glob) {
            this.glob = glob;
        }

        String regex() {
            while (at < glob.length()) {
                next();
            }
            if (depth != 0) {
                throw new PatternSyntaxException("Unclosed {", glob, at);
            }
            return regex.toString();
        }

        private void next() {
            char c = glob.charAt(at++);
            switch (c) {
                case '*' -> star();
                case '?' -> regex.append("[^/]");
                case '[' -> characters();
                case '{' -> {
                    depth++;
                    regex.append("(?:");
                }
                case '}' -> close();
                case ',' -> regex.append(depth > 0 ? "|" : ",");
                case '\\' -> literal(glob.charAt(at++));
                default -> literal(c);
            }
        }

        private void star() {
            if (!glob.startsWith("*", at)) {
                regex.append("[^/]*");
                return;
            }
            while (glob.startsWith("*", at)) {
                at++;
            }
            if (glob.startsWith("/", at)) {
                at++;
                regex.append("(?:.*/)?");
            } else {
                regex.append(".*");
            }
        }

        private void characters() {
            int end = glob.indexOf(']', at + 2);
            if (end < 0) {
                throw new PatternSyntaxException("Unclosed [", glob, at);
            }
            String set = glob.substring(at, end)
                    .replace("\\", "\\\\")
                    .replace("[", "\\[")
                    .replace("&&", "&\\&");
            at = end + 1;
            boolean isNegated = set.startsWith("!") || set.startsWith("^");
            regex.append(isNegated ? "[^/" : "[")
                    .append(isNegated ? set.substring(1) : set)
                    .append(']');
        }

        private void close() {
            if (depth == 0) {
                literal('}');
            } else {
                depth--;
                regex.append(')');
            }
        }

        private void literal(char c) {
            if (LITERAL.indexOf(c) >= 0 || "\\*?[]{}".indexOf(c) >= 0) {
                regex.append('\\');
            }
            regex.append(c);
        }
    }
}
