package dev.fettle.cli.interactive.command;

import dev.fettle.cli.interactive.live.Page;
import dev.fettle.cli.interactive.talk.Sitting;
import dev.fettle.cli.interactive.talk.Talk;
import dev.fettle.cli.text.Printable;
import dev.fettle.core.session.Conversation;
import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Goes on with a session: shows where it stood, and takes up its turn if that had not ended.
public record Resumption(Sitting sitting, Talk talk, Page page) {
    private static final int MOST_LINES = 8;

    public void of(SessionId id) {
        Session session = sitting.host().sessions().find(id).orElseThrow();
        Conversation conversation = Conversation.of(sitting.host().sessions().history(id));
        sitting.goOnWith(Optional.of(id));
        List<String> lines = new ArrayList<>();
        lines.add(page.style().dim("  Goes on with ")
                + Printable.of(session.title())
                + page.style().dim(" · " + id));
        List<String> last =
                Printable.of(conversation.lastText()).strip().lines().toList();
        last.subList(Math.max(0, last.size() - MOST_LINES), last.size())
                .forEach(line -> lines.add(page.style().dim("  │ " + line)));
        lines.add("");
        page.lines(lines);
        if (conversation.isTurnOpen()) {
            page.line(page.style().dim("  Its last turn had not ended; it goes on. Esc stops it."));
            talk.goOn();
        }
    }
}
