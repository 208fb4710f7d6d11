package dev.fettle.cli.runs;

import dev.fettle.core.message.Message;
import dev.fettle.core.model.Delta;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.Piece;
import dev.fettle.core.turn.TurnListener;

/// What a model says in another process, shown as it is heard. Pieces may be missing: from the first that is, the rest
/// waits for the log.
final class AnswerAloud {
    private final TurnListener listener;
    private final StringBuilder shown = new StringBuilder();

    AnswerAloud(TurnListener listener) {
        this.listener = listener;
    }

    void hear(Piece piece) {
        if (piece.kind() != Piece.Kind.TEXT) {
            return;
        }
        if (piece.at() == 0) {
            restart();
        }
        if (piece.at() == shown.length()) {
            say(piece.text());
        }
    }

    /// Shows what is left of it.
    void end(Event.AssistantSaid said) {
        String all = new Message.Assistant(said.content()).text();
        if (!all.startsWith(shown.toString())) {
            restart();
        }
        say(all.substring(shown.length()));
        shown.setLength(0);
    }

    private void say(String text) {
        shown.append(text);
        listener.onDelta(new Delta.Text(text));
    }

    private void restart() {
        if (!shown.isEmpty()) {
            shown.setLength(0);
            listener.onDelta(new Delta.Discarded("it begins anew"));
        }
    }
}
