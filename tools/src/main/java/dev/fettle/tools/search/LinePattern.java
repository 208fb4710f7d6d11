package dev.fettle.tools.search;

import dev.fettle.core.tool.ToolException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// What grep looks for in a line.
final class LinePattern {
    private static final String SPECIAL = "\\^$.|?*+()[]{}";

    /// About half a minute.
    private static final long MOST_STEPS = 4_000_000_000L;

    private final Matcher matcher;
    private long steps;

    private LinePattern(Matcher matcher) {
        this.matcher = matcher;
    }

    static LinePattern parse(String regex, boolean ignoreCase) {
        try {
            int flags = ignoreCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
            return new LinePattern(Pattern.compile(regex, flags).matcher(""));
        } catch (PatternSyntaxException e) {
            throw new ToolException("`%s` is not a valid regular expression: %s. To find it literally, use: %s"
                    .formatted(regex, reason(e), literal(regex)));
        }
    }

    /// Where in the line the first match begins; negative if there is none.
    ///
    /// @throws PatientText.BrokenOff if finding out takes too long
    int find(String line) {
        PatientText text = new PatientText(line);
        try {
            return matcher.reset(text).find() ? matcher.start() : -1;
        } catch (StackOverflowError e) {
            // Repeated groups recurse in `java.util.regex`, once for each repetition.
            throw new PatientText.BrokenOff();
        } finally {
            steps += text.steps();
        }
    }

    /// Whether all searching together has become too much, though no line alone was.
    boolean isExhausted() {
        return steps > MOST_STEPS;
    }

    private static String reason(PatternSyntaxException e) {
        return e.getIndex() < 0 ? e.getDescription() : e.getDescription() + " at character " + (e.getIndex() + 1);
    }

    private static String literal(String words) {
        StringBuilder escaped = new StringBuilder();
        words.chars().forEach(c -> {
            if (SPECIAL.indexOf(c) >= 0) {
                escaped.append('\\');
            }
            escaped.append((char) c);
        });
        return escaped.toString();
    }
}
