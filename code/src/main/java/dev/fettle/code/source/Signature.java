package dev.fettle.code.source;

import java.util.regex.Pattern;

/// The source of a definition up to its body, on one line.
final class Signature {
    /// How much of the source is looked at.
    static final int MOST_SOURCE = 2000;

    private static final int MOST = 200;
    private static final String QUOTED = "\"[^\"\n]*\"";
    /// As Java, Kotlin, Python and TypeScript write them, as Rust does, and C#.
    private static final Pattern ANNOTATION = Pattern.compile("\\A(?:(?:"
            + "@(?!interface\\b)[\\w.:]+(?:\\((?:[^()\"]++|" + QUOTED + "|\\([^()]*\\))*\\))?"
            + "|#\\[[^\\]\n]*\\]"
            + "|\\[[^\\]\n]*\\]"
            + ")\\s+)+");
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern OPENING = Pattern.compile("[\\s{(=:;,]+\\z");

    private Signature() {}

    /// The signature in a piece of source, without annotations before it and the sign that opens the body.
    ///
    /// @param isWhole whether all of the source is the signature; only its first line otherwise
    static String of(String source, boolean isWhole) {
        String bare = ANNOTATION.matcher(source).replaceFirst("");
        String plain = isWhole ? bare : bare.lines().findFirst().orElse("");
        String line = BLANKS.matcher(plain).replaceAll(" ").strip();
        String closed = OPENING.matcher(line).replaceFirst("");
        return closed.length() <= MOST ? closed : closed.substring(0, MOST) + "…";
    }
}
