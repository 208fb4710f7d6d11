package dev.fettle.core.workspace.kept;

import java.time.Instant;

/// A directory that a user had made for runs to work in.
///
/// @param user whose it is
/// @param name for people; may be empty
/// @param origin where its first content is from
public record KeptWorkspace(WorkspaceId id, String user, String name, Origin origin, State state, Instant createdAt) {

    /// What it began with.
    public sealed interface Origin {
        record Nothing() implements Origin {}

        record Archive(ArchiveFormat format) implements Origin {}

        record Git(GitSource source) implements Origin {}
    }

    /// Whether runs can work in it.
    public sealed interface State {
        /// Somebody is fetching what belongs into it. There is no directory yet.
        ///
        /// @param until when that will have ended one way or the other, also if whoever did it has died
        record Preparing(Instant until) implements State {}

        record Ready() implements State {}

        /// It will never be ready.
        ///
        /// @param reason for its user
        record Failed(String reason) implements State {}

        /// As clients read it.
        default String word() {
            return switch (this) {
                case Preparing _ -> "preparing";
                case Ready _ -> "ready";
                case Failed _ -> "failed";
            };
        }
    }

    public KeptWorkspace with(State other) {
        return new KeptWorkspace(id, user, name, origin, other, createdAt);
    }
}
