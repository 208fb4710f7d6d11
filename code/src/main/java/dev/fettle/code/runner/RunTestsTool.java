package dev.fettle.code.runner;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.fettle.code.report.TestName;
import dev.fettle.core.permission.Permission;
import dev.fettle.core.tool.Describe;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.tool.RecordTool;
import dev.fettle.core.tool.ToolContext;
import dev.fettle.core.tool.ToolException;
import dev.fettle.core.tool.ToolOutput;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Reach;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.core.workspace.WorkspaceException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Runs the project's tests and answers what failed and where, in place of pages of output. The permission names the
/// command as a person would type it; what is run around it only collects its reports.
public final class RunTestsTool implements RecordTool<RunTestsTool.Arguments> {
    private static final int DEFAULT_SECONDS = 300;
    private static final int MOST_SECONDS = 1_800;

    private final List<Runner> runners;

    /// A tool that recognises these.
    public RunTestsTool(List<Runner> runners) {
        this.runners = List.copyOf(runners);
    }

    /// What the model sends.
    public record Arguments(
            @Describe("file or directory whose tests to run; default: all of the project")
            Optional<String> path,

            @Describe("name of one test") Optional<String> test,

            @Describe("how to run them, if it is not recognised")
            Optional<String> command,

            @JsonProperty("timeout_s") @Describe("default 300, most 1800")
            Optional<Integer> timeout,

            @Describe("as for bash") Optional<Reach> reach) {}

    private record Plan(TestCommand command, FilePath directory) {}

    @Override
    public String name() {
        return "run_tests";
    }

    @Override
    public String description() {
        return "Runs the project's tests with its own build tool and answers the counts, the failed tests with message,"
                + " expected and actual value and stack lines in this workspace, or the compiler's errors.";
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
        return permissions(arguments.command().orElse(name()), reach(arguments));
    }

    @Override
    public List<Permission> permissions(Arguments arguments, Workspace workspace) {
        return permissions(plan(arguments, workspace).command().line(), reach(arguments));
    }

    private static List<Permission> permissions(String command, Reach reach) {
        Permission run = new Permission.Execute(command);
        return reach == Reach.SANDBOX ? List.of(run) : List.of(run, new Permission.Widen(command, reach));
    }

    @Override
    public ToolOutput run(Arguments arguments, ToolContext context) throws InterruptedException {
        int seconds = arguments.timeout().orElse(DEFAULT_SECONDS);
        if (seconds < 1 || seconds > MOST_SECONDS) {
            throw new ToolException("`timeout_s` is %d; it has to be from 1 to %d.".formatted(seconds, MOST_SECONDS));
        }
        Workspace workspace = context.workspace();
        Plan plan = plan(arguments, workspace);
        TestRun run = new TestBench(workspace, workspace.shell(), context.live())
                .run(plan.command(), new Place.Here(plan.directory()), Duration.ofSeconds(seconds), reach(arguments));
        return ToolOutput.of(TestRunText.of(run));
    }

    private static Reach reach(Arguments arguments) {
        return arguments.reach().orElse(Reach.SANDBOX);
    }

    private Plan plan(Arguments arguments, Workspace workspace) {
        Optional<String> own = arguments.command().filter(command -> !command.isBlank());
        if (own.isPresent()) {
            return new Plan(new TestCommand(own.get()), FilePath.ROOT);
        }
        try {
            FilePath path = workspace.locate(arguments.path().orElse("."));
            Project project = Project.around(workspace, path, runners)
                    .orElseThrow(() -> new ToolException(
                            "No test runner is recognised here. Say how to run the tests: `command`."));
            String relative = project.relative(path);
            boolean isAll = path.isRoot() || path.equals(project.files().root());
            Selection selection = arguments
                    .test()
                    .<Selection>map(test -> new Selection.One(new TestName(isAll ? "" : relative, test)))
                    .orElseGet(() -> isAll ? new Selection.All() : new Selection.In(relative));
            return new Plan(project.command(selection), project.files().root());
        } catch (WorkspaceException e) {
            throw new ToolException(e.getMessage());
        }
    }
}
