package dev.fettle.tools.process;

/// Turns what a program wrote for a terminal into plain text: control sequences (ECMA-48) are dropped, a line that was
/// overwritten shows its last state, and characters that are there but cannot be seen are spelled out.
final class PlainText {
    /// A line longer than this is passed on in parts, and what was passed on cannot be overwritten.
    private static final int LONGEST_LINE = 16 * 1024;
    /// A control string longer than this was none; otherwise one stray byte could hide all that follows.
    private static final int LONGEST_STRING = 4 * 1024;

    private enum State {
        TEXT,
        ESCAPE,
        ESCAPE_MIDDLE,
        SEQUENCE,
        STRING,
        STRING_ESCAPE
    }

    private State state = State.TEXT;
    private int stringLength;
    private boolean atLineStart;
    private final StringBuilder finished = new StringBuilder();
    private final StringBuilder line = new StringBuilder();

    void feed(CharSequence chars) {
        char[] text = chars.toString().toCharArray();
        int at = 0;
        while (at < text.length) {
            int end = state == State.TEXT ? plainUntil(text, at) : at;
            if (end > at) {
                overwrite();
                line.append(text, at, end - at);
                passOnLongLine();
                at = end;
            } else {
                next(text[at]);
                at++;
            }
        }
    }

    /// Where a stretch of printable ASCII ends, which is most of what there is, or the longest line.
    private int plainUntil(char[] text, int from) {
        int most = Math.min(text.length, from + LONGEST_LINE - line.length());
        int at = from;
        while (at < most && text[at] >= 0x20 && text[at] < 0x7f) {
            at++;
        }
        return at;
    }

    private void next(char c) {
        switch (state) {
            case TEXT -> text(c);
            case ESCAPE -> escape(c);
            case ESCAPE_MIDDLE -> state = c >= 0x20 && c <= 0x2f ? State.ESCAPE_MIDDLE : State.TEXT;
            case SEQUENCE -> sequence(c);
            case STRING -> string(c);
            case STRING_ESCAPE -> state = c == '\\' ? State.TEXT : State.STRING;
        }
    }

    /// Whole lines, and what can no longer change.
    String takeFinished() {
        String taken = finished.toString();
        finished.setLength(0);
        return taken;
    }

    String takeAll() {
        finished.append(line);
        line.setLength(0);
        return takeFinished();
    }

    private void text(char c) {
        switch (c) {
            case '\n' -> endLine();
            case '\r' -> atLineStart = true;
            case '\t' -> put("\t");
            case '\b' -> line.setLength(Math.max(0, line.length() - 1));
            case 0x1b -> state = State.ESCAPE;
            case 0x9b -> state = State.SEQUENCE;
            case 0x90, 0x98, 0x9d, 0x9e, 0x9f -> beginString();
            default -> {
                if (isHidden(c)) {
                    put("<U+%04X>".formatted((int) c));
                } else if (c == 0) {
                    put("␀");
                } else if (c >= 0x20 && (c < 0x7f || c > 0x9f)) {
                    put(c);
                }
            }
        }
    }

    private void endLine() {
        finished.append(line).append('\n');
        line.setLength(0);
        atLineStart = false;
    }

    private void put(char c) {
        overwrite();
        line.append(c);
        passOnLongLine();
    }

    private void passOnLongLine() {
        if (line.length() >= LONGEST_LINE && !Character.isHighSurrogate(line.charAt(line.length() - 1))) {
            finished.append(line);
            line.setLength(0);
        }
    }

    private void put(String text) {
        for (int i = 0; i < text.length(); i++) {
            put(text.charAt(i));
        }
    }

    /// A terminal would keep what the new text does not reach; programs that redraw a line cover or erase it.
    private void overwrite() {
        if (atLineStart) {
            line.setLength(0);
            atLineStart = false;
        }
    }

    private void escape(char c) {
        switch (c) {
            case '[' -> state = State.SEQUENCE;
            case ']', 'P', 'X', '^', '_' -> beginString();
            default -> state = c >= 0x20 && c <= 0x2f ? State.ESCAPE_MIDDLE : State.TEXT;
        }
        if (c == '\n') {
            endLine();
        }
    }

    private void sequence(char c) {
        if (c >= 0x40 && c <= 0x7e) {
            state = State.TEXT;
            if (c == 'K') {
                overwrite();
            }
        } else if (c < 0x20) {
            // Broken off: no sequence contains a control character.
            state = State.TEXT;
            text(c);
        }
    }

    private void beginString() {
        state = State.STRING;
        stringLength = 0;
    }

    private void string(char c) {
        if (c == 0x07 || c == 0x9c) {
            state = State.TEXT;
        } else if (c == 0x1b) {
            state = State.STRING_ESCAPE;
        } else if (c == '\n' || ++stringLength > LONGEST_STRING) {
            state = State.TEXT;
            text(c);
        }
    }

    /// Direction overrides and invisible characters can make a text look like another one. The joiners, U+200C and
    /// U+200D, are part of ordinary words and emoji.
    private static boolean isHidden(char c) {
        return c == 0x200b
                || c == 0x200e
                || c == 0x200f
                || (c >= 0x202a && c <= 0x202e)
                || (c >= 0x2060 && c <= 0x2069)
                || c == 0xfeff;
    }
}
