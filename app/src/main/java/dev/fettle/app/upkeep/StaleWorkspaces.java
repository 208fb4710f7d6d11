package dev.fettle.app.upkeep;

import dev.fettle.cli.host.Administration.Removed;
import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.SessionStore;
import dev.fettle.core.workspace.kept.KeptWorkspace;
import dev.fettle.tools.kept.KeptDirectories;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Workspaces that no session works in. A session that nobody has used for long is removed itself, so its
/// workspace goes with it; what was only just made is left alone, since its session may be about to begin.
record StaleWorkspaces(Optional<KeptDirectories> kept, SessionStore sessions) {
    private static final String WHAT = "workspaces";

    /// Removes those that are older than they may be without a session, and what was never finished.
    ///
    /// @param retention how old; empty keeps them for ever
    Removed drop(Optional<Duration> retention, Instant now, boolean isRehearsal) {
        if (kept.isEmpty()) {
            return new Removed(WHAT, 0, 0);
        }
        KeptDirectories directories = kept.get();
        if (!isRehearsal) {
            directories.tidy();
        }
        if (retention.isEmpty()) {
            return new Removed(WHAT, 0, 0);
        }
        Instant before = now.minus(retention.get());
        // In this order: a session that begins meanwhile is seen, or works in something newer.
        List<KeptWorkspace> workspaces = directories.list();
        List<Path> ofSessions = directories.ofSessions(before);
        Set<String> wanted = sessions.list().stream().map(Session::workspace).collect(Collectors.toUnmodifiableSet());
        List<KeptWorkspace> stale = workspaces.stream()
                .filter(each -> each.createdAt().isBefore(before))
                .filter(each ->
                        !wanted.contains(directories.directory(each.id()).toString()))
                .toList();
        List<Path> left = ofSessions.stream().filter(this::isLeft).toList();
        if (!isRehearsal) {
            stale.forEach(each -> directories.delete(each.id()));
            left.forEach(directories::discard);
        }
        return new Removed(WHAT, stale.size() + (long) left.size(), 0);
    }

    private boolean isLeft(Path directory) {
        return sessions.find(new SessionId(directory.getFileName().toString())).isEmpty();
    }
}
