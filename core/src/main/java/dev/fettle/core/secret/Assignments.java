package dev.fettle.core.secret;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Finds values by the name they are given: `password=…`, `"apiKey": "…"`, `token: …`, `SECRET => …`, `<password>…<`,
/// in code, JSON, YAML, TOML, properties and shell scripts. Looks at each `=`, `:` and `>` once, and at a bounded
/// piece of text around it.
final class Assignments {
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_VALUE = 4096;
    private static final int LONGEST_TYPE = 40;
    private static final Set<String> NAMES = words("""
            password passwd passphrase pwd secret token apikey accesskey authkey privatekey signingkey encryptionkey
            masterkey accountkey credential""");
    /// What a name ends in that only speaks about a secret.
    private static final Set<String> ABOUT = words("""
            hash digest sha256 sha1 sha512 md5 name type url uri path file length size limit count max min id ttl expiry
            expires policy field label hint header regex pattern endpoint version tokens arn ref kind class format error
            message prefix selector enabled required index column""");
    private static final String STOPS = " \t\r\n,;\"'`)}]<>&|\\";

    private Assignments() {}

    private static Set<String> words(String list) {
        return Set.of(list.strip().split("\\s+"));
    }

    static void find(String text, List<Finding> found) {
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c == '=' && !isComparison(text, i)) || (c == ':' && !isPath(text, i))) {
                String name = nameBefore(text, i, " \t\"'\\]:");
                if (isSecretName(name)) {
                    value(text, c == ':' ? pastType(text, i + 1) : i + 1, name, found);
                }
            } else if (c == '>') {
                String name = nameBefore(text, i, "");
                int before = i - name.length() - 1;
                if (before >= 0 && text.charAt(before) == '<' && isSecretName(name)) {
                    value(text, i + 1, name, found);
                }
            }
        }
    }

    static boolean isSecretName(String name) {
        if (name.length() < 3) {
            return false;
        }
        String low = name.toLowerCase(Locale.ROOT);
        String squeezed = low.replace("_", "").replace("-", "").replace(".", "");
        return NAMES.stream().anyMatch(squeezed::contains)
                && !squeezed.startsWith("max")
                && !squeezed.contains("public")
                && !squeezed.contains("tokeniz")
                && ABOUT.stream().noneMatch(squeezed::endsWith);
    }

    private static boolean isComparison(String text, int at) {
        return "=!<>".indexOf(text.charAt(at - 1)) >= 0 || next(text, at) == '=';
    }

    private static boolean isPath(String text, int at) {
        return text.charAt(at - 1) == ':' || ":/=".indexOf(next(text, at)) >= 0 || text.startsWith("⟨secret:", at - 7);
    }

    private static char next(String text, int at) {
        return at + 1 < text.length() ? text.charAt(at + 1) : ' ';
    }

    private static String nameBefore(String text, int at, String between) {
        int end = at;
        while (end > 0 && at - end < 6 && between.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        int start = end;
        while (start > 0 && end - start < LONGEST_NAME && isNamePart(text.charAt(start - 1))) {
            start--;
        }
        return text.substring(start, end);
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
    }

    /// Past the type in `token: String = "…"`, if there is one.
    private static int pastType(String text, int at) {
        int end = Math.min(text.length(), at + LONGEST_TYPE);
        for (int i = at; i < end; i++) {
            char c = text.charAt(i);
            if (c == '=' && i > at) {
                return i + 1;
            }
            if (!isNamePart(c) && " <>&[]?'".indexOf(c) < 0) {
                return at;
            }
        }
        return at;
    }

    private static void value(String text, int from, String name, List<Finding> found) {
        int start = from;
        while (start < text.length() && start - from < 16 && " \t>".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        if (text.startsWith("\\\"", start) || text.startsWith("\\'", start)) {
            start++;
        }
        if (start >= text.length()) {
            return;
        }
        boolean isQuoted = "\"'`".indexOf(text.charAt(start)) >= 0;
        int begin = isQuoted ? start + 1 : start;
        int end = isQuoted ? closing(text, begin, text.charAt(start)) : wordEnd(text, begin);
        String value = text.substring(begin, end);
        boolean isWhole = isQuoted || endsLine(text, end);
        if (isWhole ? isSecretText(value, name) : isSecretWord(value)) {
            found.add(new Finding(kind(name), begin, end, value));
        }
    }

    private static int closing(String text, int begin, char quote) {
        int most = Math.min(text.length(), begin + LONGEST_VALUE);
        int end = begin;
        while (end < most && text.charAt(end) != quote && text.charAt(end) != '\n') {
            end++;
        }
        // The closing quote is itself escaped where the assignment is within a string.
        return end > begin && text.charAt(end - 1) == '\\' ? end - 1 : end;
    }

    private static int wordEnd(String text, int begin) {
        int most = Math.min(text.length(), begin + LONGEST_VALUE);
        int end = begin;
        while (end < most && STOPS.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        // What ends a sentence is no part of it.
        while (end > begin && ".:!?".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return end;
    }

    private static boolean endsLine(String text, int end) {
        return end == text.length() || "\r\n<".indexOf(text.charAt(end)) >= 0;
    }

    private static boolean isSecretText(String value, String name) {
        return value.length() >= 8
                && value.chars().noneMatch(Character::isWhitespace)
                && Randomness.hasLetter(value)
                && !isCode(value)
                && !Randomness.isPlaceholder(value)
                && !Randomness.isSomethingElse(value)
                && !(Randomness.isWords(value) && !isChosen(value, name))
                && Randomness.bitsPerCharacter(value) >= 2.5;
    }

    /// A word with digits behind it is a likely password, and hardly ever a key.
    private static boolean isChosen(String value, String name) {
        String low = name.toLowerCase(Locale.ROOT);
        return (low.contains("pass") || low.contains("pwd"))
                && value.chars().allMatch(Character::isLetterOrDigit)
                && Randomness.hasDigit(value);
    }

    private static boolean isSecretWord(String value) {
        return value.length() >= 12
                && !isCode(value)
                && !Randomness.isPlaceholder(value)
                && !Randomness.isSomethingElse(value)
                && !Randomness.isWords(value)
                && Randomness.isRandom(value);
    }

    private static boolean isCode(String value) {
        return value.indexOf('(') >= 0 || value.indexOf('[') >= 0 || value.indexOf('{') >= 0 || value.startsWith("*");
    }

    private static String kind(String name) {
        String low = name.toLowerCase(Locale.ROOT);
        if (low.contains("pass") || low.contains("pwd")) {
            return "password";
        }
        return low.contains("token") ? "token" : low.contains("key") ? "key" : "secret";
    }
}
