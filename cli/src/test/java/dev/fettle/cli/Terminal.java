package dev.fettle.cli;

import dev.fettle.cli.host.Administration;
import dev.fettle.cli.host.Debugging;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.render.Console;
import dev.fettle.core.agent.Agent;
import dev.fettle.core.agent.Assignment;
import dev.fettle.core.agent.Purse;
import dev.fettle.core.context.Context;
import dev.fettle.core.context.Instructions;
import dev.fettle.core.feed.Feed;
import dev.fettle.core.feed.LocalNotices;
import dev.fettle.core.feed.LogFeed;
import dev.fettle.core.memory.Memory;
import dev.fettle.core.model.Model;
import dev.fettle.core.permission.Approver;
import dev.fettle.core.permission.Permission;
import dev.fettle.core.permission.Policy;
import dev.fettle.core.permission.SandboxPolicy;
import dev.fettle.core.permission.command.Script;
import dev.fettle.core.permission.command.SimpleCommand;
import dev.fettle.core.permission.rule.Remembered;
import dev.fettle.core.permission.rule.Rule;
import dev.fettle.core.permission.rule.Rulebook;
import dev.fettle.core.run.RunQueue;
import dev.fettle.core.secret.Secrets;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.SessionStore;
import dev.fettle.core.session.Status;
import dev.fettle.core.todo.TodoTool;
import dev.fettle.core.tool.Describe;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.tool.RecordTool;
import dev.fettle.core.tool.ToolContext;
import dev.fettle.core.tool.ToolOutput;
import dev.fettle.core.tool.Toolbox;
import dev.fettle.core.undo.Undo;
import dev.fettle.core.usage.Ledger;
import dev.fettle.core.usage.Limits;
import dev.fettle.core.usage.Price;
import dev.fettle.core.workspace.Shell;
import dev.fettle.core.workspace.worktree.Worktrees;
import dev.fettle.testkit.EmptyWorkspace;
import dev.fettle.testkit.MemoryLedger;
import dev.fettle.testkit.MemoryRunQueue;
import dev.fettle.testkit.MemorySessionStore;
import dev.fettle.testkit.ScriptedModel;
import dev.fettle.testkit.SettableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Types commands and keeps what they print; plays the program around them with a scripted model.
public final class Terminal implements Host {
    public final SettableClock clock = new SettableClock();
    public SessionStore sessions = new MemorySessionStore(clock);
    final ToldWorktrees worktrees = new ToldWorktrees();
    final ToldSnapshots snapshots = new ToldSnapshots();
    private final LocalNotices notices = new LocalNotices();
    final MemoryRunQueue runs = new MemoryRunQueue(sessions, clock, notices);
    /// What the process did as a worker or scheduler.
    final List<String> roles = new ArrayList<>();
    final MemoryLedger ledger = new MemoryLedger(clock);
    public ScriptedModel model = ScriptedModel.answering();
    Limits limits = new Limits(20, Duration.ofMinutes(1), Optional.empty(), OptionalLong.empty());
    public Flags lastFlags = Flags.NONE;
    /// Whose kept answers were to be forgotten.
    final List<String> forgotten = new ArrayList<>();
    Optional<Administration> administration = Optional.empty();
    Optional<Memory> memory = Optional.empty();
    Serving lastServing = new Serving("", Optional.empty(), false, List.of());
    public boolean isTerminal;
    /// What the tool `echo` asks to run.
    public String program = "echo";
    /// Whose sessions the agents begin.
    public String user = "ann";
    public String stdin = "";
    public String out = "";
    public String err = "";
    List<Finding> findings = List.of();
    public Shell.End shellEnd = new Shell.End.Exited(0);
    public String lastScript = "";
    /// Reads words between blanks.
    Rulebook rulebook = new Rulebook(
            List.of(),
            "/nowhere",
            text -> new Script(
                    Script.Form.LITERAL,
                    List.of(new Script.Pipeline(List.of(new SimpleCommand(List.of(text.split(" ", -1)))), false)),
                    List.of(),
                    List.of()),
            UnaryOperator.identity());
    public final List<Rule> kept = new ArrayList<>();
    public Path directory = Path.of("/nowhere");
    public Path trusted = Path.of("");
    final ToldDebugging debugging = new ToldDebugging();

    /// Runs a command line; `out` and `err` hold what it printed.
    public int type(String... arguments) {
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
    public void cleanUpDaily(Flags flags) {
        roles.add("cleans up");
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
    public String mask(String text) {
        return Secrets.unconfigured().mask(text);
    }

    @Override
    public SessionStore sessions() {
        return sessions;
    }

    /// What is appended is seen when it is looked for; only runs are announced.
    @Override
    public Feed feed() {
        return new LogFeed(sessions, _ -> Map.of(), notices);
    }

    @Override
    public void forgetAnswers(String user) {
        forgotten.add(user);
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    @Override
    public RunQueue runs(Flags flags) {
        lastFlags = flags;
        return runs;
    }

    @Override
    public Role worker(Flags flags) {
        lastFlags = flags;
        return new FailingRole("worker");
    }

    @Override
    public Role server(Flags flags, Serving serving) {
        lastFlags = flags;
        lastServing = serving;
        return new FailingRole("server");
    }

    @Override
    public Role scheduler() {
        return new FailingRole("scheduler");
    }

    @Override
    public Administration administration() {
        return administration.orElseThrow();
    }

    /// A role that cannot start, or it would never end.
    private final class FailingRole implements Role {
        private final String name;

        FailingRole(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void start() {
            roles.add(name + " started");
            throw new SessionException(SessionException.Kind.STORAGE, "No database");
        }

        @Override
        public void close() {
            roles.add(name + " closed");
        }
    }

    @Override
    public Worktrees worktrees(Flags flags) {
        return worktrees;
    }

    @Override
    public Undo undo() {
        return new Undo(sessions, snapshots);
    }

    @Override
    public Equipped agent(Flags flags, Approver approver) {
        lastFlags = flags;
        Model described = new Model("test", "model", 1_000, 100, Optional.empty());
        Agent agent = new Agent(
                sessions,
                new Assignment(
                        Files.exists(directory) ? new EmptyWorkspace(directory.toString()) : new EmptyWorkspace(),
                        described,
                        limits,
                        new Purse(ledger, user, List.of(), false, List.of()),
                        new Context(new Instructions("Linux", LocalDate.of(2026, 11, 21), Optional.empty())),
                        Secrets.unconfigured(),
                        Optional.empty(),
                        Optional.empty(),
                        false),
                model,
                new Toolbox(List.of(new Echo(program), new TodoTool())),
                new Agent.Guard(
                        rulebook.over(new SandboxPolicy(true, () -> Optional.of("this is a test"))),
                        new Remembered(approver, rulebook, kept::add)),
                clock);
        return new Equipped(agent, described, List.of("a note"));
    }

    @Override
    public List<ModelRow> models(Flags flags) {
        Model known = new Model(
                "anthropic",
                "claude",
                200_000,
                32_000,
                Optional.of(new Price(
                        new BigDecimal("3"), new BigDecimal("0.30"), new BigDecimal("3.75"), new BigDecimal("15"))));
        return List.of(
                new ModelRow(known, Optional.of("ANTHROPIC_API_KEY")),
                new ModelRow(new Model("ollama", "qwen", 65_536, 8_192, Optional.empty()), Optional.empty()));
    }

    @Override
    public List<Reached> reach(Flags flags, List<String> names) {
        return List.of(new Reached(new Model("test", "model", 1_000, 100, Optional.empty()), model));
    }

    @Override
    public Replay replay(Flags flags, Path recording, Approver approver) {
        lastFlags = flags;
        return new Replay(
                agent(flags, approver).agent(),
                new Model("test", "model", 1_000, 100, Optional.empty()),
                List.of("first", "second"),
                Optional.of(Status.COMPLETED));
    }

    @Override
    public Understood understand(Flags flags, Subject subject, Consumer<String> live) {
        lastFlags = flags;
        live.accept("256 of 1,000 files\n");
        return new KnownFacts(subject);
    }

    @Override
    public List<Seen> context(Flags flags, Optional<SessionId> session, String prompt, Consumer<String> live) {
        lastFlags = flags;
        live.accept("256 of 1,000 files\n");
        return List.of(
                new Seen("system text", "You are Fettle.\n", 8),
                new Seen("map of the repository", "map for " + prompt, 1_200));
    }

    @Override
    public Facts memory(Flags flags) {
        lastFlags = flags;
        return new Facts(memory.orElseThrow(), Memory.Scope.project("ann", "/work"));
    }

    /// Facts that say what was asked.
    private record KnownFacts(Subject subject) implements Understood {
        @Override
        public String text() {
            return "facts about %s%n".formatted(subject);
        }

        @Override
        public String within(long tokens) {
            return "%d tokens of %s".formatted(tokens, text());
        }

        @Override
        public String json() {
            return "{\"scope\":\"here\"}";
        }

        @Override
        public String markdown() {
            return "# facts\n";
        }

        @Override
        public List<String> notes() {
            return List.of("no history");
        }

        @Override
        public Flags place() {
            return new Flags(Map.of("WORK_DIR", "/elsewhere"), Optional.empty());
        }
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
    public boolean isTrusted(Path file) {
        return trusted.equals(file);
    }

    @Override
    public Path home() {
        return directory.resolve("home");
    }

    @Override
    public Flags lookingOnly(Flags flags) {
        return flags.with("READONLY_MODE", "true");
    }

    @Override
    public List<String> files(Flags flags) {
        return List.of("src/Cart.java", "README.md");
    }

    @Override
    public List<Symbol> symbols(Flags flags, String part) {
        return "Cart.total".contains(part) ? List.of(new Symbol("Cart.total", "src/Cart.java:3")) : List.of();
    }

    @Override
    public Policy policy(Flags flags) {
        return rulebook.over(new SandboxPolicy(true, Optional::empty));
    }

    @Override
    public List<Rule> rules(Flags flags) {
        return rulebook.rules();
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
    public Debugging debugging(Flags flags, Duration timeout, Consumer<String> live) {
        lastFlags = flags;
        return debugging;
    }

    @Override
    public List<SecretRow> scanForSecrets(Path path) {
        return path.endsWith("clean") ? List.of() : List.of(new SecretRow(".env", 3, "openai", "sk-…xyz"));
    }

    record EchoArguments(@Describe("What to say.") String text) {}

    /// Stands for any command: asks for permission and answers its argument.
    private record Echo(String program) implements RecordTool<EchoArguments> {
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
            return List.of(new Permission.Execute(program + " " + arguments.text()));
        }

        @Override
        public ToolOutput run(EchoArguments arguments, ToolContext context) {
            return ToolOutput.of(arguments.text());
        }
    }
}
