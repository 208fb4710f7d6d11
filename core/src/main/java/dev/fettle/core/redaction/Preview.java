package dev.fettle.core.redaction;

import dev.fettle.core.model.Delta;
import dev.fettle.core.secret.SecretVault;
import dev.fettle.core.session.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// An answer while it is being written, as the log will have it. A secret may come in two halves: what may be the
/// beginning of one is held back until it is known not to be. What is held at the end only the log tells.
public final class Preview {
    private final SecretVault vault;
    private final long after;
    private final Side text = new Side(Piece.Kind.TEXT);
    private final Side reasoning = new Side(Piece.Kind.REASONING);

    /// The preview of an answer of which nothing has come.
    ///
    /// @param after the number of the last event
    public Preview(SecretVault vault, long after) {
        this.vault = vault;
        this.after = after;
    }

    /// What can be shown now that this has come.
    public List<Piece> take(Delta delta) {
        return switch (delta) {
            case Delta.Text more -> text.add(more.text());
            case Delta.Reasoning more -> reasoning.add(more.text());
            case Delta.Discarded _ ->
                Stream.concat(text.restart().stream(), reasoning.restart().stream())
                        .toList();
            case Delta.CallBegun _, Delta.ToolOutput _, Delta.Waiting _, Delta.Switched _ -> List.of();
        };
    }

    private final class Side {
        private final Piece.Kind kind;
        private final StringBuilder held = new StringBuilder();
        private long shown;

        Side(Piece.Kind kind) {
            this.kind = kind;
        }

        List<Piece> add(String more) {
            held.append(more);
            int settled = vault.settledLength(held.toString());
            String next = vault.redactKnown(held.substring(0, settled));
            held.delete(0, settled);
            List<Piece> pieces = new ArrayList<>();
            for (int start = 0; start < next.length(); start = end(next, start)) {
                pieces.add(new Piece(after, kind, shown + start, next.substring(start, end(next, start))));
            }
            shown += next.length();
            return pieces;
        }

        /// Without taking a character apart.
        private static int end(String all, int start) {
            int end = Math.min(start + Piece.MOST, all.length());
            return end < all.length() && Character.isHighSurrogate(all.charAt(end - 1)) ? end - 1 : end;
        }

        /// What was shown does not count.
        List<Piece> restart() {
            boolean wasShown = shown > 0;
            held.setLength(0);
            shown = 0;
            return wasShown ? List.of(new Piece(after, kind, 0, "")) : List.of();
        }
    }
}
