package dev.fettle.cli.workflow;

import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.Host;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Parameters;

/// The path of the workspace that something is to be done with, and what to look at there.
final class Subject {
    @Parameters(index = "0", paramLabel = "PATH", description = "The file or directory.")
    private String path = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "WORDS", description = "What to look at in particular.")
    private List<String> words = List.of();

    /// Refuses at once what is not there, or not in the workspace, where the agent could not reach it.
    ///
    /// @param task with a place for the path
    String prompt(Host host, Host.Flags flags, String task) {
        Path workspace = host.directory()
                .resolve(flags.settings().getOrDefault("WORK_DIR", ""))
                .normalize();
        Path subject = workspace.resolve(path).normalize();
        if (!Files.exists(subject)) {
            throw CommandException.usage("There is no `%s` in %s.".formatted(path, workspace));
        }
        if (!subject.startsWith(workspace)) {
            throw CommandException.usage(
                    "`%s` is outside the workspace %s; name another with --workspace.".formatted(path, workspace));
        }
        String within = workspace.relativize(subject).toString();
        return "%s %s"
                .formatted(task.formatted(within.isEmpty() ? "." : within), String.join(" ", words))
                .strip();
    }
}
