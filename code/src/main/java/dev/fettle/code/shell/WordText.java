package dev.fettle.code.shell;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a word amounts to once quotes are gone. Expansions are left as they are written.
final class WordText {
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)", Pattern.DOTALL);
    private static final Pattern ESCAPE_IN_QUOTES = Pattern.compile("\\\\([$`\"\\\\\n])");
    private static final Pattern ANSI_C = Pattern.compile(
            "\\\\(x[0-9A-Fa-f]{1,2}|u[0-9A-Fa-f]{1,4}|U[0-9A-Fa-f]{1,8}|[0-7]{1,3}|c.|.)", Pattern.DOTALL);
    private static final Pattern HOME = Pattern.compile("\\$\\{HOME\\b[^}]*}");

    private WordText() {}

    static String of(Syntax word) {
        String text = word.text();
        return switch (word.type()) {
            case "command_name", "concatenation" ->
                word.children().stream().map(WordText::of).collect(Collectors.joining());
            case "raw_string" -> text.substring(1, Math.max(1, text.length() - 1));
            case "ansi_c_string" -> ansiC(text.substring(2, Math.max(2, text.length() - 1)));
            case "string" -> quoted(text.substring(1, Math.max(1, text.length() - 1)));
            case "translated_string" -> quoted(text.substring(2, Math.max(2, text.length() - 1)));
            case "word" -> unescaped(ESCAPE, text);
            default -> home(text);
        };
    }

    private static String quoted(String inside) {
        return home(unescaped(ESCAPE_IN_QUOTES, inside));
    }

    private static String home(String text) {
        return HOME.matcher(text).replaceAll(Matcher.quoteReplacement("$HOME"));
    }

    /// A backslash before a line end vanishes with it.
    private static String unescaped(Pattern escape, String text) {
        return escape.matcher(text)
                .replaceAll(found -> found.group(1).equals("\n") ? "" : Matcher.quoteReplacement(found.group(1)));
    }

    private static String ansiC(String text) {
        return ANSI_C.matcher(text).replaceAll(found -> Matcher.quoteReplacement(character(found)));
    }

    private static String character(MatchResult escape) {
        String code = escape.group(1);
        return switch (code.charAt(0)) {
            case 'x', 'u', 'U' ->
                code.length() == 1 ? code : codePoint(Integer.parseUnsignedInt(code.substring(1), 16));
            case '0', '1', '2', '3', '4', '5', '6', '7' -> codePoint(Integer.parseInt(code, 8) & 0xFF);
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case 'e', 'E' -> "\u001b";
            default -> code;
        };
    }

    private static String codePoint(int code) {
        return Character.isValidCodePoint(code) ? Character.toString(code) : "";
    }
}
