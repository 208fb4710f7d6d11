package dev.fettle.core.run;

import dev.fettle.core.session.RunId;
import dev.fettle.core.session.SessionId;
import java.util.Optional;

/// Which runs to list, the newest first.
///
/// @param user whose; empty for everybody's
/// @param session of which; empty for all
/// @param state the word for how they stand; empty for all
/// @param after the last one of the page before; empty for the first page
/// @param most how many at most
public record RunFilter(
        Optional<String> user, Optional<SessionId> session, Optional<String> state, Optional<RunId> after, int most) {
    /// All runs there are.
    public static final RunFilter ALL =
            new RunFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Integer.MAX_VALUE);

    public RunFilter of(String owner) {
        return new RunFilter(Optional.of(owner), session, state, after, most);
    }

    public RunFilter in(SessionId place) {
        return new RunFilter(user, Optional.of(place), state, after, most);
    }

    public RunFilter standing(String word) {
        return new RunFilter(user, session, Optional.of(word), after, most);
    }

    public RunFilter after(RunId last) {
        return new RunFilter(user, session, state, Optional.of(last), most);
    }

    public RunFilter most(int number) {
        return new RunFilter(user, session, state, after, number);
    }

    /// Whether a run is one of those, but for their number.
    public boolean includes(Run run) {
        return user.map(run.user()::equals).orElse(true)
                && session.map(run.session()::equals).orElse(true)
                && state.map(run.state().word()::equals).orElse(true)
                && after.map(last -> run.id().compareTo(last) < 0).orElse(true);
    }
}
