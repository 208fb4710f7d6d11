package dev.fettle.core.secret;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the values of `.env` files, where everything is a secret that is not obviously harmless. The lines may be
/// numbered, from a diff, or with the file's name in front.
final class EnvLines {
    /// Line number, or path with line number as searches print it, or a diff's mark.
    private static final String BEFORE =
            "(?:[ \\t]{0,8}\\d{1,7}[\\t:|] ?|[\\w./-]{1,200}:\\d{1,7}: ?|[\\w./-]{1,200}: ?|[+ -])?";

    private static final Pattern LINE = Pattern.compile(
            BEFORE + "[ \\t]{0,8}(?:export[ \\t]{1,8})?([A-Za-z_][\\w.-]{0,100}+)[ \\t]{0,8}=[ \\t]{0,8}(\\S.*)");
    private static final Pattern NAMED = Pattern.compile("(?:^|[^\\w.])\\.env(?:\\.[\\w-]{1,40})?(?![\\w-])");
    private static final Pattern IN_ENV_FILE = Pattern.compile("[\\w./-]{0,200}\\.env(?:\\.[\\w-]{1,40})?[:-].*");
    private static final Pattern DIFF = Pattern.compile("[+-]{3} \\S{0,200}?\\.env(?:\\.[\\w-]{1,40})?\\s*");
    private static final Pattern HARMLESS = Pattern.compile(
            "(?i)true|false|yes|no|on|off|null|none|[\\d.,:_-]+(?:[a-z]{1,3})?|[a-z]{1,16}|[a-z]{1,12}(?:[-_./][a-z0-9]{1,10}){1,4}|v?\\d+(?:\\.\\d+)+\\S{0,10}");
    private static final Pattern LOCAL = Pattern.compile(
            "(?i)[a-z][a-z0-9+.-]{0,20}://(?:localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1\\]|0\\.0\\.0\\.0|[a-z0-9-]{1,60})(?::\\d+)?(?:/[\\w./-]{0,60})?");
    private static final Pattern PLAIN_URL =
            Pattern.compile("(?i)https?://[\\w.-]{1,100}(?::\\d+)?(?:/[\\w.-]{0,15}){0,6}");

    private EnvLines() {}

    /// Whether a text names a `.env` file: a command, a path.
    static boolean areNamedIn(String text) {
        return NAMED.matcher(text).find();
    }

    /// Looks at all lines, or at those that say themselves where they are from.
    static void find(String text, boolean isEnvFile, List<Finding> found) {
        if (!isEnvFile && !text.contains(".env")) {
            return;
        }
        boolean isInDiff = false;
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            String line = text.substring(start, Math.min(end, start + 8192));
            if (line.startsWith("diff ") || line.startsWith("+++ ") || line.startsWith("--- ")) {
                isInDiff = DIFF.matcher(line).matches() || (isInDiff && line.contains("/dev/null"));
            } else if (isEnvFile || isInDiff || IN_ENV_FILE.matcher(line).matches()) {
                line(line, start, found);
            }
            start = end + 1;
        }
    }

    private static void line(String line, int offset, List<Finding> found) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return;
        }
        String value = matcher.group(2).stripTrailing();
        int start = matcher.start(2);
        char first = value.charAt(0);
        if (first == '"' || first == '\'') {
            int close = value.indexOf(first, 1);
            value = close < 0 ? value.substring(1) : value.substring(1, close);
            start++;
        } else if (value.contains(" #")) {
            value = value.substring(0, value.indexOf(" #")).stripTrailing();
        }
        if (!isHarmless(value, matcher.group(1))) {
            found.add(new Finding("env", offset + start, offset + start + value.length(), value));
        }
    }

    private static boolean isHarmless(String value, String name) {
        if (value.length() < 4
                || Randomness.isPlaceholder(value)
                || LOCAL.matcher(value).matches()) {
            return true;
        }
        return !Assignments.isSecretName(name)
                && (HARMLESS.matcher(value).matches()
                        || PLAIN_URL.matcher(value).matches());
    }
}
