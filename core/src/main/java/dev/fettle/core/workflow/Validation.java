package dev.fettle.core.workflow;

import dev.fettle.core.workspace.Shell;
import dev.fettle.core.workspace.Workspace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// What became of work when it was checked. The commands run where all commands of the agent run, so a sandbox holds
/// them, and a policy has allowed them.
///
/// @param passed whether something was checked, and nothing failed
/// @param note what could not be checked and why; may be empty
public record Validation(boolean passed, List<Check> commands, String note) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /// What a shell answers for a program that is not there.
    private static final int NOT_FOUND = 127;

    private static final int MOST_OUTPUT = 4_000;

    public Validation {
        commands = List.copyOf(commands);
    }

    /// One command and what came of it.
    public record Check(String command, boolean passed, String output) {}

    /// What proves some work: its files are well-formed, and the commands that it names pass.
    static List<String> commands(Work work) {
        List<String> commands = new ArrayList<>(SyntaxCheck.commands(work));
        work.checks().stream().filter(each -> !each.isBlank()).forEach(commands::add);
        return commands;
    }

    /// Runs what proves some work.
    static Validation of(Work work, Workspace workspace, Consumer<String> live) throws InterruptedException {
        List<Check> checks = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        List<String> own = SyntaxCheck.commands(work);
        for (String command : commands(work)) {
            Shell.Result result = workspace.shell().run(new Shell.Command(command, PATIENCE), live);
            if (own.contains(command) && result.end().equals(new Shell.End.Exited(NOT_FOUND))) {
                notes.add("Not checked, for the program is not installed: `%s`.".formatted(command));
            } else {
                checks.add(new Check(command, hasPassed(result), shown(result)));
            }
        }
        List<String> unknown =
                work.files().stream().filter(SyntaxCheck::isUnknown).toList();
        if (!unknown.isEmpty() && work.checks().isEmpty()) {
            notes.add("Nothing here can check %s%s."
                    .formatted(
                            String.join(", ", unknown),
                            work.language().isBlank() ? "" : " (%s)".formatted(work.language())));
        }
        if (checks.isEmpty() && notes.isEmpty()) {
            notes.add("Nothing was checked: the report names neither files nor checks.");
        }
        boolean passed = !checks.isEmpty() && checks.stream().allMatch(Check::passed);
        return new Validation(passed, checks, String.join(" ", notes));
    }

    /// Whether something has shown that the work is not right.
    boolean hasFailed() {
        return commands.stream().anyMatch(each -> !each.passed());
    }

    /// What failed, for the model.
    String complaint() {
        return commands.stream()
                .filter(each -> !each.passed())
                .map(each -> "$ %s\n%s".formatted(each.command(), each.output()))
                .collect(Collectors.joining("\n\n"));
    }

    private static boolean hasPassed(Shell.Result result) {
        return result.end() instanceof Shell.End.Exited(int code) && code == 0;
    }

    private static String shown(Shell.Result result) {
        String end = switch (result.end()) {
            case Shell.End.Exited(int code) -> code == 0 ? "" : "[exit code %d]".formatted(code);
            case Shell.End.TimedOut(Duration after) -> "[timed out after %d s]".formatted(after.toSeconds());
            case Shell.End.OutOfMemory _ -> "[killed: it held too much memory]";
            case Shell.End.TooManyProcesses(int limit) ->
                String.format(Locale.ROOT, "[killed: it had more than %d processes]", limit);
        };
        String output = result.output().strip();
        String cut = output.length() <= MOST_OUTPUT
                ? output
                : "[%d characters left out]\n".formatted(output.length() - MOST_OUTPUT)
                        + output.substring(output.length() - MOST_OUTPUT);
        return (cut + "\n" + end).strip();
    }
}
