package dev.fettle.cli.undo;

import dev.fettle.cli.host.Host;
import dev.fettle.cli.render.Console;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.undo.Undone;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of the commands that change files back and forth, and how they say what came of it.
final class ReversalOptions {
    @Option(
            names = {"-f", "--force"},
            description = "Also what was changed by somebody else since.")
    private boolean force;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    private SessionOption session = new SessionOption();

    boolean isForced() {
        return force;
    }

    boolean isJson() {
        return json;
    }

    SessionId session(Host host) {
        return session.find(host);
    }

    /// Says what was done, or why nothing was.
    ///
    /// @param verb as in `Took back`
    /// @return the exit code
    int report(Console console, SessionId id, String verb, Undone undone) {
        return UndoneText.report(console, json, id, verb, undone);
    }
}
