package dev.fettle.server.api.feed;

import dev.fettle.core.feed.Feed;
import dev.fettle.core.session.EventJson;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Piece;
import dev.fettle.core.session.SessionId;
import dev.fettle.server.exchange.Request;
import dev.fettle.server.json.TextForm;
import dev.fettle.server.json.WireJson;
import dev.fettle.server.operation.Parameter;
import dev.fettle.server.problem.Problem;
import dev.fettle.server.sse.EventSource;
import dev.fettle.server.sse.ServerEvent;
import java.util.List;
import java.util.Optional;

/// All events of a session for one client, for as long as that listens and the session is there.
public record SessionEvents(SessionId session, Feed feed) implements EventSource {
    /// How a client goes on where it was cut off.
    public static final Parameter LAST_EVENT_ID = Parameter.header(
            "Last-Event-ID", new Parameter.Kind.Formed(TextForm.PLACE), "The id of the last event that was seen.");

    /// For descriptions.
    public static final String OF_DELTAS =
            "Between them `delta` events, without an id, tell an answer while it is written:"
                    + " `{\"type\": \"delta\", \"after\", \"kind\", \"offset\", \"text\"}` is a piece of what comes behind the event"
                    + " `after`, `kind` is `text` or `reasoning`, `offset` how many characters of it came before. They may be left out;"
                    + " `assistant_said` has the whole.";

    /// An event of the log as clients get it: by its number, named by its type.
    public static ServerEvent event(LogEntry entry) {
        String json = EventJson.writeEntry(entry);
        return new ServerEvent(Long.toString(entry.seq()), type(entry), json);
    }

    /// A piece of an answer that is being written. Without an id, for nobody can go on after it.
    static ServerEvent delta(Piece piece) {
        Delta delta = new Delta("delta", piece.after(), word(piece.kind()), piece.at(), piece.text());
        return new ServerEvent(Optional.empty(), delta.type(), WireJson.write(delta));
    }

    /// The piece as clients get it.
    private record Delta(String type, long after, String kind, long offset, String text) {}

    private static String word(Piece.Kind kind) {
        return switch (kind) {
            case TEXT -> "text";
            case REASONING -> "reasoning";
        };
    }

    private static String type(LogEntry entry) {
        String json = EventJson.write(entry.event());
        int start = json.indexOf(':') + 2;
        return json.substring(start, json.indexOf('"', start));
    }

    /// To be asked before a stream is begun: where it is to go on.
    ///
    /// @throws dev.fettle.server.problem.ProblemException with 400
    public static void checkPlace(Request request) {
        position(request.head().header("Last-Event-ID"));
    }

    /// The number that a client saw last.
    public static long position(Optional<String> lastEventId) {
        String id = lastEventId.filter(each -> !each.isEmpty()).orElse("0");
        if (!id.matches("[0-9]{1,18}")) {
            throw new Problem(400, "Last-Event-ID is the id of an event of this stream, a number.").exception();
        }
        return Long.parseLong(id);
    }

    @Override
    public Reading after(Optional<String> lastEventId) {
        return new LogReading(feed.follow(session, position(lastEventId))) {
            @Override
            protected List<ServerEvent> read(Feed.Cursor cursor) {
                return cursor.read().stream().map(SessionEvents::event).toList();
            }

            @Override
            protected boolean isListening() {
                return true;
            }
        };
    }
}
