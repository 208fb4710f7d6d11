package dev.fettle.cli.markdown;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the beginning of a line says about the block that it belongs to (CommonMark 4 and 5), its containers taken off.
enum LineStart {
    TEXT,
    HEADING,
    RULE,
    FENCE,
    HTML,
    TABLE_ROW;

    /// A pipe further on does not make a line the head of a table: paragraphs are set before their lines are complete.
    static final int SEARCHED = 40;

    private static final int MOST_DIGITS = 9;
    private static final Pattern HEADING_MARK = Pattern.compile(" {0,3}#{1,6}(?:[ \\t].*|$)", Pattern.DOTALL);
    private static final Pattern BREAK =
            Pattern.compile(" {0,3}(?:(?:\\*[ \\t]*+){3,}|(?:-[ \\t]*+){3,}|(?:_[ \\t]*+){3,})");
    private static final Pattern UNDERLINE = Pattern.compile(" {0,3}(?:={2,}|-{2,})[ \\t]*+");
    private static final Pattern FENCE_MARK = Pattern.compile("( {0,3})(`{3,}+(?=[^`]*$)|~{3,}+)(.*)", Pattern.DOTALL);
    private static final Pattern BLOCK_TAG = Pattern.compile(
            " {0,3}<(?:!--|[?!]|/?(?:address|article|aside|blockquote|body|center|dd|details|dialog|dir|div|dl|dt"
                    + "|fieldset|figcaption|figure|footer|form|h[1-6]|head|header|hr|html|iframe|legend|li|link|main"
                    + "|menu|nav|ol|optgroup|option|p|param|pre|script|search|section|style|summary|table|tbody|td"
                    + "|textarea|tfoot|th|thead|title|tr|track|ul)(?:[\\s/>].*|$))",
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern LONE_TAG = Pattern.compile(" {0,3}</?[A-Za-z][A-Za-z0-9-]*+(?:\\s[^<>]*+)?>\\s*+");
    private static final Pattern DELIMITERS =
            Pattern.compile(" {0,3}\\|?\\s*:?-+:?\\s*(?:\\|\\s*:?-+:?\\s*)*+\\|?\\s*");

    static LineStart of(String line, boolean isInParagraph) {
        char first = line.isBlank() ? ' ' : line.charAt(indent(line));
        return switch (first) {
            case '#' -> HEADING_MARK.matcher(line).matches() ? HEADING : row(line);
            case '*', '_', '-', '=' ->
                BREAK.matcher(line).matches()
                                || (isInParagraph && UNDERLINE.matcher(line).matches())
                        ? RULE
                        : row(line);
            case '`', '~' -> FENCE_MARK.matcher(line).matches() ? FENCE : row(line);
            case '<' ->
                BLOCK_TAG.matcher(line).lookingAt()
                                || (!isInParagraph && LONE_TAG.matcher(line).matches())
                        ? HTML
                        : row(line);
            default -> row(line);
        };
    }

    private static LineStart row(String line) {
        int pipe = line.indexOf('|');
        return pipe >= 0 && pipe < SEARCHED ? TABLE_ROW : TEXT;
    }

    static boolean isDelimiters(String line) {
        return line.indexOf('|') >= 0 && DELIMITERS.matcher(line).matches();
    }

    static int indent(String line) {
        int at = 0;
        while (at < line.length() && line.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    /// Fence, indentation and what follows it.
    record Fence(int indent, String mark, String info) {
        static Optional<Fence> of(String line) {
            Matcher matcher = FENCE_MARK.matcher(line);
            return matcher.matches()
                    ? Optional.of(new Fence(
                            matcher.group(1).length(),
                            matcher.group(2),
                            matcher.group(3).strip()))
                    : Optional.empty();
        }

        boolean isClosedBy(String line) {
            String bare = line.strip();
            return LineStart.indent(line) <= 3
                    && bare.length() >= mark.length()
                    && bare.chars().allMatch(c -> c == mark.charAt(0));
        }
    }

    /// An item that begins, and the text after its mark.
    record ItemStart(Container.Item item, String rest) {
        static Optional<ItemStart> of(String line, boolean isInParagraph) {
            int begin = indent(line);
            int at = begin;
            while (at < line.length() && at - begin < MOST_DIGITS && isDigit(line.charAt(at))) {
                at++;
            }
            int number = at > begin ? Integer.parseInt(line.substring(begin, at)) : 1;
            boolean isMark = at < line.length() && (at > begin ? ".)" : "-+*").indexOf(line.charAt(at)) >= 0;
            String after = isMark ? line.substring(at + 1) : "";
            boolean isApart = isMark && (after.isEmpty() || after.charAt(0) == ' ');
            if (!isApart || (isInParagraph && (after.isBlank() || number != 1))) {
                return Optional.empty();
            }
            int gap = indent(after);
            gap = after.isBlank() || gap > 4 ? Math.min(1, after.length()) : gap;
            String rest = after.substring(gap);
            boolean isTask = rest.startsWith("[ ] ") || rest.startsWith("[x] ") || rest.startsWith("[X] ");
            return Optional.of(new ItemStart(
                    new Container.Item(
                            line.charAt(at),
                            number,
                            isTask ? rest.substring(1, 2).toLowerCase(Locale.ROOT) : "",
                            at + 1 + Math.max(1, gap)),
                    isTask ? rest.substring(4) : rest));
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }
    }
}
