package dev.fettle.cli.undo;

import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.host.SessionReference;
import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionFilter;
import dev.fettle.core.session.SessionId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which session a command is about: the latest one of the current directory, unless another is named.
final class SessionOption {
    @Option(
            names = {"-s", "--session"},
            paramLabel = "SESSION",
            description = "This session (an id, or its beginning), not the latest one of this directory.")
    private @Nullable String session;

    SessionId find(Host host) {
        return find(host, Optional.ofNullable(session));
    }

    static SessionId find(Host host, Optional<String> named) {
        if (named.isPresent()) {
            return SessionReference.find(host.sessions(), named.get());
        }
        String here = real(host.directory());
        return host
                .sessions()
                .list(SessionFilter.ALL.of(Session.LOCAL_USER).in(here).most(1))
                .stream()
                .findFirst()
                .map(Session::id)
                .orElseThrow(() -> CommandException.usage(
                        "No session has worked in %s; name one with --session, `fettle sessions list` shows them."
                                .formatted(here)));
    }

    private static String real(Path directory) {
        try {
            return directory.toRealPath().toString();
        } catch (IOException e) {
            return directory.toString();
        }
    }
}
