package dev.fettle.cli.interactive.live;

import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.Parser;

/// Takes what is typed for prose: words between blanks, no quotes, nothing that has to be closed before it can be sent.
final class BlankParted implements Parser {
    @Override
    public CompletingParsedLine parse(String line, int cursor, ParseContext context) {
        int at = Math.clamp(cursor, 0, line.length());
        int begin = at;
        while (begin > 0 && !Character.isWhitespace(line.charAt(begin - 1))) {
            begin--;
        }
        return new Parsed(
                line, at, line.substring(begin, at), line.substring(0, begin).isBlank());
    }

    @Override
    public boolean isEscapeChar(char character) {
        return false;
    }

    /// The word before the cursor, and whether it is the first.
    private record Parsed(String line, int cursor, String word, boolean isFirst) implements CompletingParsedLine {
        @Override
        public int wordCursor() {
            return word.length();
        }

        @Override
        public int wordIndex() {
            return isFirst ? 0 : 1;
        }

        @Override
        public List<String> words() {
            return isFirst ? List.of(word) : List.of("", word);
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return word.length();
        }

        @Override
        public int rawWordLength() {
            return word.length();
        }
    }
}
