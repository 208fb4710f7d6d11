package dev.fettle.store.run;

import dev.fettle.core.run.RunFilter;
import dev.fettle.core.session.RunId;
import dev.fettle.core.session.SessionId;
import java.util.ArrayList;
import java.util.List;

/// A page of a list of runs as a database is asked for it.
///
/// SQLite does not know how many rows an index leads to. One that would have it read and sort all runs of a user, or
/// all that ended alike, is hidden from it: `column || ''` is the column without its index.
///
/// @param which what follows `from run`
record RunPage(String which, List<Object> parameters) {
    RunPage {
        parameters = List.copyOf(parameters);
    }

    static RunPage of(RunFilter filter) {
        List<String> conditions = new ArrayList<>();
        List<Object> parameters = new ArrayList<>();
        filter.session().map(SessionId::value).ifPresent(session -> {
            conditions.add("session_id = ?");
            parameters.add(session);
        });
        filter.user().ifPresent(user -> {
            conditions.add(filter.session().isPresent() ? "user_id || '' = ?" : "user_id = ?");
            parameters.add(user);
        });
        filter.state().ifPresent(word -> {
            conditions.add(isOpen(word) ? "status = ?" : "status || '' = ?");
            parameters.add(word);
        });
        filter.after().map(RunId::value).ifPresent(last -> {
            conditions.add("id < ?");
            parameters.add(last);
        });
        parameters.add(filter.most());
        String which = conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions);
        return new RunPage(which + " order by id desc limit ?", parameters);
    }

    /// Few stand so; the others are ever more.
    private static boolean isOpen(String word) {
        return RunTable.OPEN.contains("'" + word + "'");
    }
}
