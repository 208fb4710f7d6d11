package dev.fettle.core.session;

import java.util.Optional;

/// A piece of an answer that is being written, as its event will have it. For showing only: it may get lost, and is
/// kept nowhere.
///
/// @param after the number of the last event before the answer
/// @param at how many characters of its kind came before it; fewer than are known where the answer begins anew
/// @param text without secrets; empty where what is known beyond `at` does not count any more
public record Piece(long after, Kind kind, long at, String text) {
    /// The most characters of one, so that it gets through whatever carries it.
    public static final int MOST = 1_500;

    public Piece {
        if (text.length() > MOST) {
            throw new IllegalArgumentException("A piece of %d characters; %d go".formatted(text.length(), MOST));
        }
    }

    /// What it is a piece of.
    public enum Kind {
        TEXT,
        REASONING
    }

    /// Both in one, if nothing is missing between them and they are not too long.
    public Optional<Piece> joined(Piece next) {
        boolean isNext = next.after == after && next.kind == kind && next.at == at + text.length();
        return isNext && text.length() + next.text.length() <= MOST
                ? Optional.of(new Piece(after, kind, at, text + next.text))
                : Optional.empty();
    }
}
