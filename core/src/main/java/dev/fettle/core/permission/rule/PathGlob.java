package dev.fettle.core.permission.rule;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/// A pattern for paths: `*` and `?` within a name, `**` for any number of directories. Everything else is
/// literal.
public final class PathGlob {
    private final String text;
    private final Pattern pattern;

    public PathGlob(String text) {
        this.text = text;
        this.pattern = Pattern.compile(regex(normal(text)), Pattern.DOTALL);
    }

    public String text() {
        return text;
    }

    boolean matches(String path) {
        return pattern.matcher(normal(path)).matches();
    }

    /// Without `.`, `..` and doubled slashes, as far as the text tells.
    private static String normal(String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..")) {
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return (path.startsWith("/") ? "/" : "") + String.join("/", parts);
    }

    private static String regex(String glob) {
        StringBuilder regex = new StringBuilder();
        int at = 0;
        while (at < glob.length()) {
            if (glob.startsWith("**/", at)) {
                regex.append("(?:.*/)?");
                at += 3;
            } else if (glob.startsWith("/**", at) && at + 3 == glob.length()) {
                // The directory itself, too.
                regex.append("(?:/.*)?");
                at += 3;
            } else if (glob.startsWith("**", at)) {
                regex.append(".*");
                at += 2;
            } else {
                char c = glob.charAt(at++);
                regex.append(
                        switch (c) {
                            case '*' -> "[^/]*";
                            case '?' -> "[^/]";
                            default -> Pattern.quote(String.valueOf(c));
                        });
            }
        }
        return regex.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PathGlob glob && glob.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
