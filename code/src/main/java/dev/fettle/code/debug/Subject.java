package dev.fettle.code.debug;

import dev.fettle.code.runner.Project;
import dev.fettle.code.runner.Selection;
import dev.fettle.code.runner.TestCommand;
import dev.fettle.core.workspace.FilePath;
import java.util.Optional;

/// What to run about a complaint.
///
/// @param command empty if nobody knows what to run
/// @param selection what of the project's tests that is
/// @param project whose tests can also be run one by one; empty if none is recognised
public record Subject(
        Optional<TestCommand> command, FilePath directory, Selection selection, Optional<Project> project) {}
