package dev.fettle.tools.sandbox.escape;

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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A shooting range: a workspace, and around it what an attempt may reach for, all made for one attempt.
final class Range implements AutoCloseable {
    private static final String CANARY = "canary-4f1d";
    /// Others may run the same test on this machine.
    private static final String LEFTOVER = "60." + ProcessHandle.current().pid();
    /// Controls but tab and line end, marks of direction, and characters without width.
    private static final Pattern UNTAMED =
            Pattern.compile("[\\p{Cc}&&[^\\t\\n]]|[\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2069]");
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
            ".envrc",
            ".idea",
            ".husky");

    private final Path directory;
    private final Path workspace;
    private final Path outside;
    private final Process victim;
    private final ServerSocketChannel unix;
    private final ServerSocketChannel tcp;
    private final Runner shell;

    /// Something that runs scripts and says what they printed.
    @FunctionalInterface
    interface Runner {
        String run(String script, Path workspace, Map<String, String> environment)
                throws IOException, InterruptedException;
    }

    record Outcome(boolean gotOut, String output) {}

    /// Whose the files and the process outside are: the user that runs the attempt could reach them.
    enum Owner {
        SELF,
        NOBODY
    }

    /// Options of setpriv for a user without any rights.
    static final List<String> AS_NOBODY =
            List.of("--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all");

    Range(Path parent, Owner owner, Runner shell) throws IOException {
        this.shell = shell;
        directory = Files.createTempDirectory(parent, "range-").toRealPath();
        workspace = Files.createDirectory(directory.resolve("workspace"));
        outside = Files.createDirectory(directory.resolve("out"));
        Files.writeString(outside.resolve("secret"), CANARY + "\n");
        Files.setPosixFilePermissions(outside.resolve("secret"), PosixFilePermissions.fromString("rw-------"));
        // Its environment and its command line hold the canary, too.
        List<String> command = new ArrayList<>();
        if (owner == Owner.NOBODY) {
            command.add("setpriv");
            command.addAll(AS_NOBODY);
        }
        // It is named after the canary.
        command.addAll(List.of("bash", "-c", "exec -a " + CANARY + " sleep 600"));
        ProcessBuilder waiting = new ProcessBuilder(command).directory(outside.toFile());
        waiting.environment().put("KEY", CANARY);
        victim = waiting.start();
        unix = ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(outside.resolve("sock")));
        tcp = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        serve(unix);
        serve(tcp);
        prepareWorkspace();
        if (owner == Owner.NOBODY) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.toList()) {
                    Files.setAttribute(file, "unix:uid", 65534, LinkOption.NOFOLLOW_LINKS);
                    Files.setAttribute(file, "unix:gid", 65534, LinkOption.NOFOLLOW_LINKS);
                }
            }
        }
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

    /// @param looks how often to look, every 20 ms, whether a process has changed
    Outcome run(Attempt attempt, int looks) throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(Map.of(
                "PATH", PATH,
                "OUT", outside.toString(),
                "CANARY_FILE", outside.resolve("secret").toString(),
                "SOCK", outside.resolve("sock").toString(),
                "PORT", Integer.toString(((InetSocketAddress) tcp.getLocalAddress()).getPort()),
                "LEFTOVER", LEFTOVER,
                "VICTIM", Long.toString(victim.pid())));
        String before = state(attempt.seen());
        String output = shell.run(attempt.script(), workspace, environment);
        boolean gotOut = switch (attempt.seen()) {
            case CANARY_PRINTED -> output.contains(CANARY);
            case SAID_SO -> output.contains("BROKE OUT");
            case OUTPUT_UNTAMED ->
                output.length() > 200_000 || UNTAMED.matcher(output).find();
            case OUTSIDE_CHANGED, PROTECTED_CHANGED -> !state(attempt.seen()).equals(before);
            case PROCESSES_CHANGED -> changesSoon(before, looks);
        };
        return new Outcome(gotOut, output);
    }

    /// A signal takes effect a moment after it was sent.
    private boolean changesSoon(String before, int looks) throws IOException, InterruptedException {
        for (int i = 0; i < looks; i++) {
            if (!processState().equals(before)) {
                return true;
            }
            victim.waitFor(20, TimeUnit.MILLISECONDS);
        }
        return false;
    }

    private String state(Attempt.Seen seen) throws IOException {
        return switch (seen) {
            case CANARY_PRINTED, SAID_SO, OUTPUT_UNTAMED -> "";
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
        String line;
        try {
            line = Files.readString(Path.of("/proc", Long.toString(victim.pid()), "stat"));
        } catch (IOException e) {
            return "dead";
        }
        char state = line.charAt(line.lastIndexOf(')') + 2);
        String victimState = state == 'Z' || state == 'X' ? "dead" : state == 'T' ? "stopped" : "alive";
        return victimState + (leftovers().findAny().isPresent() ? ", leftovers" : "");
    }

    private static Stream<ProcessHandle> leftovers() {
        return ProcessHandle.allProcesses()
                .filter(each ->
                        List.of(each.info().arguments().orElse(new String[0])).contains(LEFTOVER));
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
        leftovers().forEach(ProcessHandle::destroyForcibly);
        unix.close();
        tcp.close();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
