package dev.fettle.tools.sandbox.escape;

import dev.fettle.core.workspace.Confinement;
import dev.fettle.core.workspace.Shell;
import dev.fettle.tools.process.ProcessShell;
import dev.fettle.tools.process.Sandbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A shooting range: a workspace, and around it what an attempt may reach for, all made for one attempt.
final class Range implements AutoCloseable {
    private static final String CANARY = "canary-4f1d";
    private static final String PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";
    private static final List<String> PROTECTED = List.of(
            ".git/config",
            ".git/hooks",
            ".git/info",
            "nested/.git/config",
            "nested/.git/hooks",
            "nested/.git/info",
            ".fettle",
            ".mcp.json",
            ".vscode",
            ".envrc");

    private final Path directory;
    private final Path workspace;
    private final Path outside;
    private final Process victim;
    private final ServerSocketChannel unix;
    private final ServerSocketChannel tcp;
    private final Sandbox sandbox;

    record Outcome(boolean gotOut, String output) {}

    Range(Path parent, Sandbox sandbox) throws IOException {
        this.sandbox = sandbox;
        directory = Files.createTempDirectory(parent, "range-").toRealPath();
        workspace = Files.createDirectory(directory.resolve("workspace"));
        outside = Files.createDirectory(directory.resolve("out"));
        Files.writeString(outside.resolve("secret"), CANARY + "\n");
        Files.setPosixFilePermissions(outside.resolve("secret"), PosixFilePermissions.fromString("rw-------"));
        // Its environment and its command line hold the canary, too.
        ProcessBuilder waiting = new ProcessBuilder("bash", "-c", "sleep 600; : " + CANARY).directory(outside.toFile());
        waiting.environment().put("KEY", CANARY);
        victim = waiting.start();
        unix = ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(outside.resolve("sock")));
        tcp = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        serve(unix);
        serve(tcp);
        prepareWorkspace();
    }

    private void prepareWorkspace() throws IOException {
        for (String repository : List.of(".", "nested")) {
            Path git = workspace.resolve(repository).resolve(".git").normalize();
            for (String part : List.of("hooks", "info", "objects", "refs/heads")) {
                Files.createDirectories(git.resolve(part));
            }
            Files.writeString(git.resolve("HEAD"), "ref: refs/heads/main\n");
            Files.writeString(git.resolve("config"), "[core]\n\trepositoryformatversion = 0\n");
        }
        for (String name : List.of(".fettle", ".vscode")) {
            Files.createDirectory(workspace.resolve(name));
        }
        for (String name : List.of(".mcp.json", ".envrc")) {
            Files.writeString(workspace.resolve(name), "{}\n");
        }
    }

    private static void serve(ServerSocketChannel server) {
        Thread.ofVirtual().start(() -> {
            while (server.isOpen()) {
                try (SocketChannel client = server.accept()) {
                    client.write(ByteBuffer.wrap(CANARY.getBytes(StandardCharsets.UTF_8)));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    Outcome run(Attempt attempt) throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(Map.of(
                "PATH", PATH,
                "OUT", outside.toString(),
                "CANARY_FILE", outside.resolve("secret").toString(),
                "SOCK", outside.resolve("sock").toString(),
                "PORT", Integer.toString(((InetSocketAddress) tcp.getLocalAddress()).getPort()),
                "VICTIM", Long.toString(victim.pid())));
        String before = state(attempt.seen());
        Shell.Result result = new ProcessShell(
                        workspace, environment, directory.resolve("spool"), sandbox, Confinement.DEFAULT)
                .run(new Shell.Command(attempt.script(), Duration.ofSeconds(20)), _ -> {});
        boolean gotOut = switch (attempt.seen()) {
            case CANARY_PRINTED -> result.output().contains(CANARY);
            case SAID_SO -> result.output().contains("BROKE OUT");
            case OUTSIDE_CHANGED, PROTECTED_CHANGED, PROCESSES_CHANGED ->
                !state(attempt.seen()).equals(before);
        };
        return new Outcome(gotOut, result.output());
    }

    private String state(Attempt.Seen seen) throws IOException {
        return switch (seen) {
            case CANARY_PRINTED, SAID_SO -> "";
            case OUTSIDE_CHANGED -> state(outside);
            case PROTECTED_CHANGED -> {
                StringBuilder all = new StringBuilder();
                for (String name : PROTECTED) {
                    all.append(state(workspace.resolve(name)));
                }
                yield all.toString();
            }
            case PROCESSES_CHANGED -> processState();
        };
    }

    private String processState() throws IOException {
        Path stat = Path.of("/proc", Long.toString(victim.pid()), "stat");
        if (!victim.isAlive() || !Files.exists(stat)) {
            return "dead";
        }
        String line = Files.readString(stat);
        char state = line.charAt(line.lastIndexOf(')') + 2);
        return state == 'Z' || state == 'X' ? "dead" : state == 'T' ? "stopped" : "alive";
    }

    /// Names, kinds, modes and contents of all below a path.
    private static String state(Path root) throws IOException {
        Map<String, String> state = new TreeMap<>();
        if (Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.toList()) {
                    String content = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.readString(file) : "";
                    state.put(
                            file.toString(),
                            Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)
                                    + content
                                    + Files.isSymbolicLink(file));
                }
            }
        }
        return state.toString();
    }

    @Override
    public void close() throws IOException {
        victim.descendants().forEach(ProcessHandle::destroyForcibly);
        victim.destroyForcibly();
        unix.close();
        tcp.close();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
