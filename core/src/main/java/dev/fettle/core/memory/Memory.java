package dev.fettle.core.memory;

import dev.fettle.core.text.TextLimit;
import dev.fettle.core.workspace.Workspace;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Keeps facts. Nobody is ever shown another user's, nor can change them. Safe for use by several threads and
/// processes. Throws [dev.fettle.core.session.SessionException] of kind `STORAGE` when the database does not
/// serve.
public interface Memory {
    /// The most facts that are given at a time.
    int MOST_AT_ONCE = 1_000;

    /// Keeps a text as a fact.
    ///
    /// @throws IllegalArgumentException with a message for whoever wrote the text, if it is blank or too long
    Fact remember(Scope scope, String text);

    /// The facts within a scope that have a word of the query, the most relevant first. The query is what
    /// anybody writes: it has no syntax, and every text is one.
    ///
    /// @param limit most facts, up to [#MOST_AT_ONCE]
    List<Fact> recall(Scope scope, String query, int limit);

    /// The facts within a scope that mean something like a text, whatever their words, the most alike first. None where
    /// no model says what texts mean, or it does not answer. May wait for that model.
    ///
    /// @param limit most facts, up to [#MOST_AT_ONCE]
    default List<Fact> alike(Scope scope, String text, int limit) {
        return List.of();
    }

    /// The facts within a scope that a query finds by word or by meaning, the most relevant first.
    ///
    /// @param limit most facts, up to [#MOST_AT_ONCE]
    default List<Fact> search(Scope scope, String query, int limit) {
        return RankFusion.of(recall(scope, query, limit), alike(scope, query, limit)).stream()
                .limit(limit)
                .toList();
    }

    /// A user's facts, of all projects and none, those changed last first.
    ///
    /// @param skip how many of them to leave out
    /// @param limit most facts, up to [#MOST_AT_ONCE]
    List<Fact> list(String user, int skip, int limit);

    /// Puts another text in a fact's place.
    ///
    /// @return empty if the user has no such fact
    /// @throws IllegalArgumentException with a message for whoever wrote the text, if it is blank or too long
    Optional<Fact> edit(String user, String id, String text);

    /// Removes a fact for good.
    ///
    /// @return whether the user had such a fact
    boolean forget(String user, String id);

    Statistics statistics(String user);

    /// Removes the facts that nobody has changed since a moment.
    ///
    /// @return how many those were
    int dropOlderThan(Instant moment);

    /// Where facts are remembered and looked for.
    ///
    /// @param user by id
    /// @param project what is worked on. Looking for facts finds its own and those of no project; without
    ///     one only the latter.
    record Scope(String user, Optional<String> project) {
        private static final TextLimit USER = new TextLimit("The user of a fact", 100);
        private static final TextLimit PROJECT = new TextLimit("The project of a fact", 500);

        public Scope {
            USER.checkFilled(user);
            project.ifPresent(PROJECT::checkFilled);
        }

        /// Where a user works: the project is the workspace's name.
        public static Scope of(String user, Workspace workspace) {
            String name = workspace.name();
            return project(user, name.substring(Math.max(0, name.length() - PROJECT.most())));
        }

        public static Scope everywhere(String user) {
            return new Scope(user, Optional.empty());
        }

        public static Scope project(String user, String project) {
            return new Scope(user, Optional.of(project));
        }
    }

    /// How much there is to remember.
    ///
    /// @param characters of all texts together
    /// @param projects how many have a fact of their own
    /// @param changedAt when the last one was remembered or edited
    record Statistics(long facts, long characters, long projects, Optional<Instant> changedAt) {}
}
