package dev.fettle.tools.shell;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.fettle.core.permission.Permission;
import dev.fettle.core.tool.Describe;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.tool.RecordTool;
import dev.fettle.core.tool.ToolContext;
import dev.fettle.core.tool.ToolException;
import dev.fettle.core.tool.ToolOutput;
import dev.fettle.core.workspace.Reach;
import dev.fettle.core.workspace.Shell;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Runs a command in the workspace. How long it took is not told: a model that repeats itself is recognised by equal
/// results.
public final class BashTool implements RecordTool<BashTool.Arguments> {
    private static final int DEFAULT_SECONDS = 120;
    private static final int MOST_SECONDS = 600;

    /// What the model sends.
    public record Arguments(
            String command,

            @JsonProperty("timeout_s") @Describe("default 120, most 600")
            Optional<Integer> timeout,

            @Describe("default sandbox; network: same with network; full: outside the sandbox")
            Optional<Reach> reach) {}

    @Override
    public String name() {
        return "bash";
    }

    @Override
    public String description() {
        return "Runs a bash command in the workspace root and answers its output and a non-zero exit code. No input, no"
                + " terminal; each call is a new shell, and what it leaves running is killed when it ends. It runs in a"
                + " sandbox: files outside the workspace are hidden or read-only, and there is no network. Ask for a wider"
                + " reach only if a command fails for lack of it; the user decides.";
    }

    @Override
    public Effect effect() {
        return Effect.UNSAFE;
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public List<Permission> permissions(Arguments arguments) {
        Permission run = new Permission.Execute(arguments.command());
        return reach(arguments) == Reach.SANDBOX
                ? List.of(run)
                : List.of(run, new Permission.Widen(arguments.command(), reach(arguments)));
    }

    @Override
    public ToolOutput run(Arguments arguments, ToolContext context) throws InterruptedException {
        int seconds = arguments.timeout().orElse(DEFAULT_SECONDS);
        if (arguments.command().isBlank()) {
            throw new ToolException("`command` is empty. Say what to run.");
        }
        if (seconds < 1 || seconds > MOST_SECONDS) {
            throw new ToolException("`timeout_s` is %d; it has to be from 1 to %d.".formatted(seconds, MOST_SECONDS));
        }
        Shell.Command command = new Shell.Command(arguments.command(), Duration.ofSeconds(seconds), reach(arguments));
        Shell.Result result = context.workspace().shell().run(command, context.live());
        return ToolOutput.of(text(result));
    }

    @Override
    public String traces(Arguments arguments, ToolContext context) {
        return context.workspace()
                .shell()
                .lastWords(arguments.command())
                .map(words -> words.isBlank() ? "It had printed nothing." : "It had printed:\n" + words)
                .orElse("");
    }

    private static Reach reach(Arguments arguments) {
        return arguments.reach().orElse(Reach.SANDBOX);
    }

    private static String text(Shell.Result result) {
        String output = result.output().stripTrailing();
        String status = switch (result.end()) {
            case Shell.End.Exited(int code) -> code == 0 ? "" : "[exit code %d]".formatted(code);
            case Shell.End.OutOfMemory(long limit) ->
                "[killed: it and what it started held more than the %,d MB of memory that a command may have]"
                        .formatted(limit / 1024 / 1024);
            case Shell.End.TooManyProcesses(int limit) ->
                "[killed: it had more than the %d processes at once that a command may have]".formatted(limit);
            case Shell.End.TimedOut(Duration after) ->
                "[timed out after %d s; everything it started was killed. Set timeout_s if it needs longer.]"
                        .formatted(after.toSeconds());
        };
        if (output.isEmpty()) {
            return status.isEmpty() ? "[no output]" : status;
        }
        return status.isEmpty() ? output : output + "\n" + status;
    }
}
