package dev.fettle.tools.process;

import java.util.Locale;
import java.util.Optional;

/// The beginning and the end of a text of any length, and how much was between them.
final class HeadAndTail {
    private static final int HEAD = 10_000;
    private static final int TAIL = 20_000;

    private final StringBuilder head = new StringBuilder();
    /// The last characters after the head, as a ring: the oldest is at `ringStart`.
    private final char[] ring = new char[TAIL];

    private int ringStart;
    private int ringSize;
    private Extent total = Extent.NONE;

    /// A stretch of text.
    ///
    /// @param bytes as UTF-8
    /// @param lines how many line ends it has
    private record Extent(long bytes, long lines) {
        static final Extent NONE = new Extent(0, 0);

        static Extent of(CharSequence text) {
            long bytes = 0;
            long lines = 0;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                // Either half of a surrogate pair counts for half of its four bytes.
                bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
                lines += c == '\n' ? 1 : 0;
            }
            return new Extent(bytes, lines);
        }

        Extent plus(Extent other) {
            return new Extent(bytes + other.bytes, lines + other.lines);
        }

        Extent minus(Extent other) {
            return new Extent(bytes - other.bytes, lines - other.lines);
        }
    }

    boolean fits(String piece) {
        return head.length() + ringSize + piece.length() <= HEAD + TAIL;
    }

    boolean isCut() {
        return Extent.of(head).plus(Extent.of(tail())).bytes() < total.bytes();
    }

    void append(String piece) {
        total = total.plus(Extent.of(piece));
        int toHead = Math.min(HEAD - head.length(), piece.length());
        head.append(piece, 0, toHead);
        int from = Math.max(toHead, piece.length() - TAIL);
        for (int i = from; i < piece.length(); i++) {
            ring[(ringStart + ringSize) % TAIL] = piece.charAt(i);
            if (ringSize < TAIL) {
                ringSize++;
            } else {
                ringStart = (ringStart + 1) % TAIL;
            }
        }
    }

    String head() {
        return head.toString();
    }

    String tail() {
        StringBuilder tail = new StringBuilder(ringSize);
        int untilEnd = Math.min(ringSize, TAIL - ringStart);
        return tail.append(ring, ringStart, untilEnd)
                .append(ring, 0, ringSize - untilEnd)
                .toString();
    }

    /// Head and tail in whole lines where there are lines, and between them what was cut.
    ///
    /// @param kept where all of it is, empty if it is nowhere
    String text(Optional<Spool.Words> kept) {
        String first = wholeLinesOfHead();
        String last = wholeLinesOfTail();
        Extent cut = total.minus(Extent.of(first)).minus(Extent.of(last));
        String where = kept.map(words -> cut.lines() == 0
                        ? words.forBytes(Extent.of(first).bytes())
                        : words.forLines(Extent.of(first).lines() + 1, cut.lines()))
                .orElse("the full output could not be kept");
        String note =
                String.format(Locale.ROOT, "[… %,d bytes (%,d lines) cut; %s …]\n", cut.bytes(), cut.lines(), where);
        return first + (first.endsWith("\n") ? "" : "\n") + note + last;
    }

    private String wholeLinesOfHead() {
        String all = head();
        int end = all.lastIndexOf('\n') + 1;
        if (end < HEAD / 2) {
            end = Character.isHighSurrogate(all.charAt(all.length() - 1)) ? all.length() - 1 : all.length();
        }
        return all.substring(0, end);
    }

    private String wholeLinesOfTail() {
        String all = tail();
        int begin = all.indexOf('\n') + 1;
        if (begin == 0 || begin > TAIL / 2) {
            begin = Character.isLowSurrogate(all.charAt(0)) ? 1 : 0;
        }
        return all.substring(begin);
    }
}
