package dev.fettle.server.api;

import dev.fettle.server.api.chat.KeptAnswers;
import dev.fettle.server.api.run.Ceiling;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;

/// On which terms work is taken on.
///
/// @param parts what of the service this process serves
/// @param workspaces below which directory runs work
/// @param patience how long a client waits for an answer before it is given the run to follow
/// @param mask takes secrets out of what is kept
/// @param answers which are given again
public record Terms(
        Set<Part> parts,
        Path workspaces,
        Ceiling ceiling,
        Duration patience,
        UnaryOperator<String> mask,
        KeptAnswers.Terms answers) {
    public static final Duration USUAL_PATIENCE = Duration.ofSeconds(30);
}
