package dev.fettle.cli;

import dev.fettle.cli.host.Host;
import dev.fettle.cli.render.Console;
import dev.fettle.core.agent.Agent;
import dev.fettle.core.agent.Assignment;
import dev.fettle.core.agent.Purse;
import dev.fettle.core.context.Instructions;
import dev.fettle.core.model.Model;
import dev.fettle.core.permission.Approver;
import dev.fettle.core.permission.Permission;
import dev.fettle.core.permission.SandboxPolicy;
import dev.fettle.core.secret.Secrets;
import dev.fettle.core.session.SessionStore;
import dev.fettle.core.tool.Describe;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.tool.RecordTool;
import dev.fettle.core.tool.ToolContext;
import dev.fettle.core.tool.ToolOutput;
import dev.fettle.core.tool.Toolbox;
import dev.fettle.core.usage.Ledger;
import dev.fettle.core.usage.Limits;
import dev.fettle.core.workspace.Shell;
import dev.fettle.testkit.MemoryLedger;
import dev.fettle.testkit.MemorySessionStore;
import dev.fettle.testkit.ScriptedModel;
import dev.fettle.testkit.SettableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Types commands and keeps what they print; plays the program around them with a scripted model.
final class Terminal implements Host {
    final SettableClock clock = new SettableClock();
    final SessionStore sessions = new MemorySessionStore(clock);
    final MemoryLedger ledger = new MemoryLedger(clock);
    ScriptedModel model = ScriptedModel.answering();
    Limits limits = new Limits(20, Duration.ofMinutes(1), Optional.empty(), OptionalLong.empty());
    Flags lastFlags = Flags.NONE;
    boolean isTerminal;
    String stdin = "";
    String out = "";
    String err = "";
    List<Finding> findings = List.of();
    Shell.End shellEnd = new Shell.End.Exited(0);
    String lastScript = "";
    Path directory = Path.of("/nowhere");
    Path trusted = Path.of("");

    /// Runs a command line; `out` and `err` hold what it printed.
    int type(String... arguments) {
        ByteArrayOutputStream stdout = new ByteArrayOutputStream();
        ByteArrayOutputStream stderr = new ByteArrayOutputStream();
        Console console = new Console(
                new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(stdout, true, StandardCharsets.UTF_8),
                new PrintStream(stderr, true, StandardCharsets.UTF_8),
                isTerminal,
                false,
                isTerminal,
                false);
        int exitCode = FettleCommand.execute(this, console, arguments);
        out = stdout.toString(StandardCharsets.UTF_8);
        err = stderr.toString(StandardCharsets.UTF_8);
        return exitCode;
    }

    @Override
    public String version() {
        return "1.2.3";
    }

    @Override
    public boolean isDebug() {
        return false;
    }

    @Override
    public SessionStore sessions() {
        return sessions;
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    @Override
    public Equipped agent(Flags flags, Approver approver) {
        lastFlags = flags;
        Model described = new Model("test", "model", 1_000, 100, Optional.empty());
        Agent agent = new Agent(
                sessions,
                new Assignment(
                        new EmptyWorkspace(),
                        described,
                        limits,
                        new Purse(ledger, "ann", List.of(), false, List.of()),
                        new Instructions("Linux", LocalDate.of(2026, 11, 21), Optional.empty()),
                        Secrets.unconfigured(),
                        Optional.empty()),
                model,
                new Toolbox(List.of(new Echo())),
                new Agent.Guard(new SandboxPolicy(true, () -> Optional.of("this is a test")), approver),
                clock);
        return new Equipped(agent, described, List.of("a note"));
    }

    @Override
    public Demo demo(Approver approver) {
        return new Demo(agent(Flags.NONE, approver).agent(), "mend it", Path.of("/tmp/demo"));
    }

    @Override
    public List<SettingRow> settings(Flags flags) {
        lastFlags = flags;
        return List.of(
                new SettingRow("LLM_MODEL", "anthropic/claude", "environment", "model"),
                new SettingRow("LOG_FILE", "", "unset", "log file"));
    }

    @Override
    public List<Finding> diagnose(Flags flags) {
        return findings;
    }

    @Override
    public String repairSessions() {
        return "Salvaged 3 sessions";
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public void trust(Path file) {
        trusted = file;
    }

    @Override
    public Shell shell(Flags flags) {
        lastFlags = flags;
        return (command, _) -> {
            lastScript = command.script();
            return new Shell.Result(shellEnd, "output\n", Optional.empty(), Duration.ZERO);
        };
    }

    @Override
    public List<SecretRow> scanForSecrets(Path path) {
        return path.endsWith("clean") ? List.of() : List.of(new SecretRow(".env", 3, "openai", "sk-…xyz"));
    }

    record EchoArguments(@Describe("What to say.") String text) {}

    /// Stands for any command: asks for permission and answers its argument.
    private static final class Echo implements RecordTool<EchoArguments> {
        @Override
        public String name() {
            return "echo";
        }

        @Override
        public String description() {
            return "Says it back.";
        }

        @Override
        public Effect effect() {
            return Effect.UNSAFE;
        }

        @Override
        public Class<EchoArguments> arguments() {
            return EchoArguments.class;
        }

        @Override
        public List<Permission> permissions(EchoArguments arguments) {
            return List.of(new Permission.Execute("echo " + arguments.text()));
        }

        @Override
        public ToolOutput run(EchoArguments arguments, ToolContext context) {
            return ToolOutput.of(arguments.text());
        }
    }
}
