package dev.fettle.testkit.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/// A real PostgreSQL server on loopback, from a binary that Maven brings. All tests of a JVM share one, which
/// starts when it is first asked for and ends with the JVM, even if that is killed.
///
/// PostgreSQL refuses to run as root; then it runs as nobody, in a directory of its own outside the sources.
public final class PostgresServer {
    public static final String USER = "fettle";
    public static final String PASSWORD = "pa/ss:wörd@1";

    private static final String PASSWORD_IN_URL = "pa%2Fss%3Aw%C3%B6rd%401";
    private static final String NOBODY = "65534";
    private static final long STARTUP_SECONDS = 60;
    private static @Nullable PostgresServer shared;
    private static String trouble = "";

    private final Path directory;
    private final List<String> wrapper;
    private final int port;
    private Optional<Process> postmaster = Optional.empty();

    private PostgresServer(Path directory, List<String> wrapper, int port) {
        this.directory = directory;
        this.wrapper = wrapper;
        this.port = port;
    }

    /// The one server; where it cannot run, the test that asks is skipped with the reason.
    public static synchronized PostgresServer shared() {
        if (shared == null && trouble.isEmpty()) {
            try {
                shared = install();
            } catch (IOException e) {
                trouble = "No PostgreSQL server for tests: " + e.getMessage();
            }
        }
        return shared == null ? Assumptions.abort(trouble) : shared;
    }

    private static PostgresServer install() throws IOException {
        if (!System.getProperty("os.name").equals("Linux")
                || !System.getProperty("os.arch").equals("amd64")) {
            throw new IOException("its binary is for Linux on x86-64");
        }
        Path directory = Files.createTempDirectory("fettle-postgres-");
        ServerBinaries.extractTo(directory);
        PostgresServer server = new PostgresServer(directory, wrapper(directory), freePort());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.stop();
            delete(directory);
        }));
        Files.writeString(directory.resolve("password"), PASSWORD);
        server.initialize();
        server.start();
        return server;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /// Ends the server when the thread that starts it does, since a kill of the JVM would otherwise leave it.
    private static List<String> wrapper(Path directory) throws IOException {
        boolean isRoot = Files.getAttribute(directory, "unix:uid").equals(0);
        if (!Files.isExecutable(Path.of("/usr/bin/setpriv"))) {
            if (isRoot) {
                throw new IOException("it refuses to run as root, and there is no setpriv (apt install util-linux)");
            }
            return List.of();
        }
        List<String> wrapper = new ArrayList<>(List.of("/usr/bin/setpriv", "--pdeathsig", "INT"));
        if (isRoot) {
            run(List.of("chown", "-R", NOBODY + ":" + NOBODY, directory.toString()));
            wrapper.addAll(List.of("--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"));
        }
        return wrapper;
    }

    private void initialize() throws IOException {
        runWrapped(List.of(
                directory.resolve("bin/initdb").toString(),
                "-D",
                data(),
                "-U",
                USER,
                "--pwfile=" + directory.resolve("password"),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync",
                "--no-instructions"));
    }

    private void runWrapped(List<String> command) throws IOException {
        List<String> wrapped = new ArrayList<>(wrapper);
        wrapped.addAll(command);
        run(wrapped);
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    /// Starts it, or starts it again. It ends with the thread that calls this, so not from a virtual thread.
    public synchronized void start() throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of(directory.resolve("bin/postgres").toString(), "-D", data(), "-p", "" + port));
        for (String setting : List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "fsync=off",
                "shared_buffers=16MB",
                "max_connections=100")) {
            command.addAll(List.of("-c", setting));
        }
        Path log = directory.resolve("log-" + System.nanoTime());
        postmaster = Optional.of(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
        awaitReady(postmaster.get(), log);
    }

    /// The server writes `ready` as the last word but spaces into this file.
    private void awaitReady(Process process, Path log) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STARTUP_SECONDS);
        Path status = directory.resolve("data/postmaster.pid");
        try {
            while (!(Files.exists(status) && Files.readString(status).strip().endsWith("ready"))) {
                if (process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                    throw new IOException("it does not start: " + Files.readString(log));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// Breaks off all connections and ends it; what was committed is kept.
    public synchronized void stop() {
        postmaster.ifPresent(process -> {
            try {
                // What the server calls a fast shutdown.
                run(List.of("kill", "-INT", "" + process.pid()));
                process.onExit().join();
            } catch (IOException e) {
                process.destroyForcibly();
            }
        });
        postmaster = Optional.empty();
    }

    public int port() {
        return port;
    }

    /// What `DATABASE_URL` would be.
    public URI url(String database) {
        return URI.create("postgresql://%s:%s@127.0.0.1:%d/%s".formatted(USER, PASSWORD_IN_URL, port, database));
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException("%s failed: %s".formatted(command.getFirst(), output));
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException | UncheckedIOException e) {
            // It lies in the directory for temporary files.
        }
    }
}
