package dev.fettle.core.session;

import java.time.Instant;
import java.util.Optional;

/// Which sessions to list.
///
/// @param user whose; empty for everybody's
/// @param workspace where they work; empty for all places
/// @param after the last one of the page before; empty for the first page
/// @param most how many at most
public record SessionFilter(Optional<String> user, Optional<String> workspace, Optional<Place> after, int most) {
    /// All sessions there are.
    public static final SessionFilter ALL =
            new SessionFilter(Optional.empty(), Optional.empty(), Optional.empty(), Integer.MAX_VALUE);

    /// Where in a list a session is: those that changed last come first, and of those that changed at the same moment
    /// those that began last.
    public record Place(Instant updatedAt, SessionId id) implements Comparable<Place> {
        public static Place of(Session session) {
            return new Place(session.updatedAt(), session.id());
        }

        @Override
        public int compareTo(Place other) {
            int later = other.updatedAt.compareTo(updatedAt);
            return later == 0 ? other.id.compareTo(id) : later;
        }
    }

    public SessionFilter of(String owner) {
        return new SessionFilter(Optional.of(owner), workspace, after, most);
    }

    public SessionFilter in(String place) {
        return new SessionFilter(user, Optional.of(place), after, most);
    }

    public SessionFilter after(Place last) {
        return new SessionFilter(user, workspace, Optional.of(last), most);
    }

    public SessionFilter most(int number) {
        return new SessionFilter(user, workspace, after, number);
    }

    /// Whether a session is one of those, but for their number.
    public boolean includes(Session session) {
        return user.map(session.user()::equals).orElse(true)
                && workspace.map(session.workspace()::equals).orElse(true)
                && after.map(last -> last.compareTo(Place.of(session)) < 0).orElse(true);
    }
}
