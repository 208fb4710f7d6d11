package dev.fettle.bench.engine;

import dev.fettle.core.agent.Agent;
import dev.fettle.core.agent.Assignment;
import dev.fettle.core.context.Instructions;
import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.permission.Approver;
import dev.fettle.core.permission.SandboxPolicy;
import dev.fettle.core.secret.Secrets;
import dev.fettle.core.session.EventJson;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.tool.Toolbox;
import dev.fettle.core.turn.TurnListener;
import dev.fettle.core.turn.TurnRequest;
import dev.fettle.core.usage.Limits;
import dev.fettle.core.usage.Usage;
import dev.fettle.store.SqliteSessionStore;
import dev.fettle.tools.BuiltinTools;
import dev.fettle.tools.process.ProcessShell;
import dev.fettle.tools.workspace.LocalWorkspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Many sessions of many turns, one after the other in one process: how large the store gets, how much memory the
/// process takes, and how long the program needs to start on it.
public final class Soak {
    private static final int STARTS = 9;
    private static final int ANSWER = 1_200;

    private final Path program;
    private final int sessions;
    private final int turns;
    private final Path home;
    /// What is looked at, and what answers are made of: Fettle's own sources and documents.
    private final List<Path> sources;
    private final String prose;
    private int answers;

    private Soak(Path program, int sessions, int turns) throws IOException {
        this.program = program;
        this.sessions = sessions;
        this.turns = turns;
        this.home = Files.createTempDirectory("fettle-soak-");
        Path project = program.resolve("../../..").normalize();
        this.sources = files(project, ".java");
        StringBuilder documents = new StringBuilder();
        for (Path document : files(project.resolve("docs"), ".md")) {
            documents.append(Files.readString(document));
        }
        this.prose = documents.toString();
    }

    /// Runs it and prints what it found.
    ///
    /// @param arguments the package's directory; sessions (default 1,000); turns of each (default 40)
    public static void main(String[] arguments) throws Exception {
        new Soak(
                        Path.of(arguments[0]).toAbsolutePath(),
                        arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000,
                        arguments.length > 2 ? Integer.parseInt(arguments[2]) : 40)
                .run();
    }

    private static List<Path> files(Path directory, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(each -> each.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private void run() throws Exception {
        System.out.printf("%d sessions of %d turns, each with a call; %s%n", sessions, turns, home);
        Files.createDirectories(home.resolve("empty"));
        System.out.printf(
                "`fettle sessions list` on an empty store: %.2f s (median of %d)%n",
                start(home.resolve("empty")), STARTS);
        Path file = home.resolve("sessions.db");
        long begun = System.nanoTime();
        try (SqliteSessionStore store = SqliteSessionStore.open(file, InstantSource.system())) {
            for (int i = 0; i < sessions; i++) {
                session(store, i);
                if ((i + 1) % (sessions / 5) == 0) {
                    System.out.printf("after %d sessions: %d MB resident%n", i + 1, resident());
                }
            }
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf("%.0f s, %.0f turns/s%n", seconds, sessions * turns / seconds);
        long payload = payload(file);
        System.out.printf(
                "store %.1f MB, events %.1f MB: %.2f times (target 1.2)%n",
                Files.size(file) / 1e6, payload / 1e6, (double) Files.size(file) / payload);
        System.out.printf("`fettle sessions list` on it: %.2f s (median of %d)%n", start(home), STARTS);
    }

    private void session(SqliteSessionStore store, int number) throws IOException {
        Path tree = Files.createDirectories(home.resolve("tree"));
        Agent agent = new Agent(
                store,
                new Assignment(
                        new LocalWorkspace(tree, new ProcessShell(tree, Map.of(), home.resolve("output"))),
                        new Model("soak", "model", 10_000_000, 8_000, Optional.empty()),
                        Limits.DEFAULT,
                        new Instructions("Linux", LocalDate.of(2026, 11, 21), Optional.empty()),
                        Secrets.unconfigured(),
                        Optional.empty()),
                model(),
                new Toolbox(BuiltinTools.all()),
                new Agent.Guard(new SandboxPolicy(true, Optional::empty), Approver.YES),
                InstantSource.system());
        SessionId id = store.create(tree.toString(), "session " + number).id();
        for (int i = 0; i < turns; i++) {
            Files.copy(
                    sources.get((number * turns + i) % sources.size()),
                    tree.resolve("Parser.java"),
                    StandardCopyOption.REPLACE_EXISTING);
            agent.run(
                    new TurnRequest(
                            new TurnRequest.Target.GivenSession(id),
                            "What does the parser do, part " + i + "?",
                            List.of()),
                    TurnListener.NONE);
        }
    }

    /// Looks at the file, then answers.
    private ModelProvider model() {
        return (request, _) -> request.messages().getLast() instanceof Message.Results
                ? new ModelResponse(
                        new Message.Assistant(List.of(new ContentBlock.Text(answer()))),
                        StopReason.END,
                        new Usage(9_000, 0, 0, 300, 0))
                : new ModelResponse(
                        new Message.Assistant(List.of(new ToolCall("call", "read", "{\"path\":\"Parser.java\"}"))),
                        StopReason.TOOL_CALLS,
                        new Usage(8_000, 0, 0, 50, 0));
    }

    private String answer() {
        answers++;
        int start = answers * ANSWER % (prose.length() - ANSWER);
        return prose.substring(start, start + ANSWER);
    }

    /// The bytes of all events as they are read and written.
    private static long payload(Path file) {
        try (SqliteSessionStore store = SqliteSessionStore.open(file, InstantSource.system())) {
            return store.list().stream()
                    .flatMap(each -> store.history(each.id()).stream())
                    .mapToLong(entry -> EventJson.write(entry.event()).getBytes(StandardCharsets.UTF_8).length)
                    .sum();
        }
    }

    /// Resident memory of this process in MB, after a collection.
    private static long resident() throws IOException {
        System.gc();
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElse(0)
                / 1024;
    }

    private double start(Path fettleHome) throws IOException, InterruptedException {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            ProcessBuilder builder = new ProcessBuilder(
                            program.resolve("bin/fettle").toString(), "sessions", "list")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("FETTLE_HOME", fettleHome.toString());
            long begun = System.nanoTime();
            builder.start().waitFor();
            times.add((System.nanoTime() - begun) / 1e9);
        }
        return times.stream().sorted().toList().get(STARTS / 2);
    }
}
