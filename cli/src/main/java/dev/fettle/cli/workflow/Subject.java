package dev.fettle.cli.workflow;

import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.Host;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A path of the workspace that something is to be done with.
record Subject(String path) {

    /// Refuses at once what is not there, or not in the workspace, where the agent could not reach it.
    static Subject of(Host host, Host.Flags flags, String path) {
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
        return new Subject(workspace.relativize(subject).toString());
    }

    /// @param task with a place for the path
    String prompt(String task, List<String> words) {
        return "%s %s"
                .formatted(task.formatted(path.isEmpty() ? "." : path), String.join(" ", words))
                .strip();
    }
}
