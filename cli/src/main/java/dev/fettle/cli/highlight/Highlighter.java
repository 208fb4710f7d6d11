package dev.fettle.cli.highlight;

import dev.fettle.cli.highlight.Language.Region;
import dev.fettle.cli.text.Printable;
import dev.fettle.cli.text.Style;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Colours one text of code, line after line, carrying over what a line leaves open. One loop for all
/// languages, told by data what comments, strings and keywords look like: half a parser would be wrong more
/// often, since models show parts of files and code that does not compile. Whatever it makes of a line, the
/// characters stay the same, and the time it takes grows with their number alone: it looks at each once, and
/// never searches backwards.
///
/// Not by a library: JLine's `SyntaxHighlighter` runs nano's regular expressions over each line, which can
/// take time without bound on long ones, and nano's rules come under the GPL; tree-sitter, which Fettle
/// knows, wants the whole text and a native library for each language before the first line.
public final class Highlighter {
    /// Such as `'\\u{10FFFF}'`; a quote further away ends something else.
    private static final int LONGEST_CHAR = 12;

    private final Language language;
    private final Style style;
    private @Nullable Region open;
    private int depth;
    private String heredocEnd = "";
    private boolean isInTag;

    private Highlighter(Language language, Style style) {
        this.language = language;
        this.style = style;
    }

    /// For one text.
    ///
    /// @param language as after the fence of a code block, or a file's extension; unknown ones stay plain
    public static Highlighter of(String language, Style style) {
        return new Highlighter(style.isOn() ? Languages.named(language) : Language.PLAIN, style);
    }

    /// Its next line in colour.
    ///
    /// @param line the next one, without its end
    public String line(String line) {
        String text = Printable.of(line);
        return switch (language.form()) {
            case CHANGES -> style.paint(change(text).look(), text);
            case NONE -> text;
            case CODE, MARKUP -> new Pass(text).run();
        };
    }

    private static Shade change(String line) {
        if (line.startsWith("@@")) {
            return Shade.NAME;
        }
        if (line.startsWith("+++") || line.startsWith("---") || line.startsWith("diff ") || line.startsWith("index ")) {
            return Shade.COMMENT;
        }
        return line.startsWith("+") ? Shade.ADDED : line.startsWith("-") ? Shade.REMOVED : Shade.PLAIN;
    }

    /// One line.
    private final class Pass {
        private final String text;
        private final StringBuilder out = new StringBuilder();
        private Shade shade = Shade.PLAIN;
        private int begin;
        private int at;
        /// Whether a key may begin here.
        private boolean isFirst = true;
        private String heredoc = "";
        private int openedAt = -1;

        Pass(String text) {
            this.text = text;
        }

        String run() {
            if (!heredocEnd.isEmpty()) {
                String word = text.strip();
                boolean isEnd = word.startsWith(heredocEnd)
                        && (word.length() == heredocEnd.length() || !isNamePart(word.charAt(heredocEnd.length())));
                heredocEnd = isEnd ? "" : heredocEnd;
                return style.paint(isEnd ? Shade.LABEL.look() : Shade.STRING.look(), text);
            }
            while (at < text.length()) {
                if (open != null) {
                    inside(open);
                } else if (language.form() == Language.Form.MARKUP) {
                    markup();
                } else {
                    code();
                }
            }
            if (open != null && !open.isOverLines()) {
                open = null;
            }
            heredocEnd = heredoc;
            return out.append(style.paint(shade.look(), text.substring(begin))).toString();
        }

        /// Passes up to there.
        private void take(Shade what, int end) {
            if (what != shade) {
                out.append(style.paint(shade.look(), text.substring(begin, at)));
                begin = at;
                shade = what;
            }
            at = end;
        }

        private void inside(Region region) {
            int end = at;
            while (end < text.length()) {
                if (text.charAt(end) == region.escape() && region.escape() != ' ') {
                    end += 2;
                } else if (text.startsWith(region.close(), end)) {
                    end += region.close().length();
                    if (--depth == 0) {
                        open = null;
                        break;
                    }
                } else if (region.isNested() && text.startsWith(region.open(), end)) {
                    end += region.open().length();
                    depth++;
                } else {
                    end++;
                }
            }
            boolean isKey = region.shade() == Shade.STRING && open == null && isKey(end);
            if (isKey && begin == openedAt) {
                shade = Shade.KEY;
            }
            take(isKey ? Shade.KEY : region.shade(), Math.min(end, text.length()));
        }

        private void code() {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                take(Shade.PLAIN, at + 1);
            } else if (isLineComment()) {
                take(Shade.COMMENT, text.length());
            } else if (isHeredoc() || opensRegion()) {
                isFirst = false;
            } else if (Character.isDigit(c)) {
                take(Shade.NUMBER, numberEnd());
                isFirst = false;
            } else if (isNameStart(c)) {
                name();
            } else if (language.quotes().indexOf(c) >= 0) {
                character();
            } else if (language.sigils().indexOf(c) >= 0 && at + 1 < text.length()) {
                int end = nameEnd(text.charAt(at + 1) == '{' ? at + 2 : at + 1);
                take(Shade.VARIABLE, text.startsWith("}", end) ? end + 1 : Math.max(end, at + 1));
            } else if (language.labels().indexOf(c) >= 0 && at + 1 < text.length()) {
                take(Shade.LABEL, Math.max(nameEnd(at + 1), at + 1));
            } else {
                // After these another key may begin.
                isFirst |= "{,;[-".indexOf(c) >= 0;
                take(Shade.PLAIN, at + 1);
            }
        }

        private boolean isLineComment() {
            boolean isApart = at == 0 || " \t;({".indexOf(text.charAt(at - 1)) >= 0;
            return (isApart || !language.isLineCommentApart())
                    && language.lineComments().stream().anyMatch(each -> text.startsWith(each, at));
        }

        private boolean opensRegion() {
            boolean isApart = at == 0 || !isNamePart(text.charAt(at - 1));
            if (language.isApart() && !isApart) {
                return false;
            }
            for (Region region : language.regions()) {
                if (text.startsWith(region.open(), at)) {
                    open = region;
                    depth = 1;
                    openedAt = at;
                    take(region.shade(), at + region.open().length());
                    return true;
                }
            }
            return false;
        }

        private boolean isHeredoc() {
            String mark = language.heredoc();
            if (mark.isEmpty() || !text.startsWith(mark, at)) {
                return false;
            }
            int from = at + mark.length();
            while (from < text.length() && "-~'\"".indexOf(text.charAt(from)) >= 0) {
                from++;
            }
            int end = nameEnd(from);
            if (end == from || !Character.isUpperCase(text.charAt(from))) {
                return false;
            }
            heredoc = text.substring(from, end);
            take(Shade.LABEL, end < text.length() && "'\"".indexOf(text.charAt(end)) >= 0 ? end + 1 : end);
            return true;
        }

        /// One character, which may be escaped; a single quote that is none belongs to something else.
        private void character() {
            int end = text.startsWith("\\", at + 1)
                    ? text.indexOf(text.charAt(at), at + 3)
                    : text.offsetByCodePoints(at, Math.min(2, text.codePointCount(at, text.length())));
            boolean isClosed =
                    end > at && end - at <= LONGEST_CHAR && end < text.length() && text.charAt(end) == text.charAt(at);
            take(isClosed ? Shade.STRING : Shade.PLAIN, isClosed ? end + 1 : at + 1);
        }

        private void name() {
            int end = nameEnd(at);
            String name = text.substring(at, Math.min(end, at + 40));
            String word = language.isCaseFolded() ? name.toLowerCase(Locale.ROOT) : name;
            boolean isKey = isFirst && isKey(end);
            isFirst = false;
            if (isKey) {
                take(Shade.KEY, end);
            } else if (language.words().contains(word)) {
                take(Shade.WORD, end);
            } else {
                take(language.names().contains(word) ? Shade.NAME : Shade.PLAIN, end);
            }
        }

        private boolean isKey(int end) {
            if (language.key().isEmpty()) {
                return false;
            }
            int next = end;
            while (next < text.length() && text.charAt(next) == ' ') {
                next++;
            }
            return text.startsWith(language.key(), next);
        }

        /// Tags with their attributes, and entities.
        private void markup() {
            char c = text.charAt(at);
            if (!isInTag && opensRegion()) {
                return;
            }
            if (!isInTag) {
                int end = at + 1;
                boolean isTag = c == '<' && end < text.length() && !Character.isWhitespace(text.charAt(end));
                while (isTag
                        && end < text.length()
                        && (isNamePart(text.charAt(end)) || "/?!:".indexOf(text.charAt(end)) >= 0)) {
                    end++;
                }
                isInTag = isTag;
                take(isTag ? Shade.TAG : Shade.PLAIN, end);
            } else if (c == '>') {
                isInTag = false;
                take(Shade.TAG, at + 1);
            } else if (c == '"' || c == '\'') {
                int end = text.indexOf(c, at + 1);
                take(Shade.STRING, end < 0 ? text.length() : end + 1);
            } else {
                take(isNamePart(c) || c == ':' ? Shade.NAME : "/?".indexOf(c) >= 0 ? Shade.TAG : Shade.PLAIN, at + 1);
            }
        }

        private int numberEnd() {
            int end = at + 1;
            while (end < text.length()) {
                char c = text.charAt(end);
                boolean isPart = Character.isLetterOrDigit(c) || c == '_';
                boolean isPoint = c == '.' && end + 1 < text.length() && Character.isDigit(text.charAt(end + 1));
                if (!isPart && !isPoint) {
                    break;
                }
                end++;
            }
            return end;
        }

        private int nameEnd(int from) {
            int end = Math.min(from, text.length());
            while (end < text.length() && isNamePart(text.charAt(end))) {
                end++;
            }
            return end;
        }

        private boolean isNameStart(char c) {
            return Character.isLetter(c) || c == '_';
        }

        /// In data and style sheets names may have hyphens and dots.
        private boolean isNamePart(char c) {
            return Character.isLetterOrDigit(c)
                    || c == '_'
                    || (c == '-' && (!language.key().isEmpty() || language.form() == Language.Form.MARKUP))
                    || (c == '.' && !language.key().isEmpty());
        }
    }
}
