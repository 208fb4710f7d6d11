package dev.fettle.tools.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fettle.core.workspace.Confinement;
import dev.fettle.core.workspace.Confinement.Mode;
import dev.fettle.core.workspace.Shell;
import dev.fettle.tools.confine.Guards;
import dev.fettle.tools.confine.VisibleFiles;
import dev.fettle.tools.process.OutputDirectory;
import dev.fettle.tools.process.ProcessShell;
import dev.fettle.tools.sandbox.Bubblewrap;
import dev.fettle.tools.sandbox.SandboxTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// From inside bubblewrap to the proxy and on; the internet is a server on loopback.
@Timeout(60)
final class NetworkGatewayTest {
    private static final String PATH = "/usr/local/bin:/usr/bin:/bin";

    @TempDir
    private Path directory = Path.of("");

    private ServerSocket internet = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private Path workspace = Path.of("");
    private Bubblewrap sandbox;

    NetworkGatewayTest() throws IOException {
        sandbox = new Bubblewrap(
                Path.of("/usr/bin/bwrap"),
                new VisibleFiles(Path.of("/nowhere"), Path.of(System.getProperty("java.home")), List.of()),
                new NetworkGateway(hosts -> new AllowListProxy(
                        hosts,
                        (_, _) -> new Socket(internet.getInetAddress(), internet.getLocalPort()),
                        Duration.ofSeconds(10))),
                new Guards(Path.of(System.getProperty("java.io.tmpdir"), "fettle-test-guards")));
    }

    @BeforeEach
    void serve() throws IOException {
        SandboxTest.sandboxOrSkip(directory.resolve("home"));
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/socat")), "socat is not installed");
        workspace = Files.createDirectory(directory.resolve("workspace")).toRealPath();
        Thread.ofVirtual().start(() -> {
            while (!internet.isClosed()) {
                try (Socket client = internet.accept()) {
                    client.getInputStream().readNBytes(20);
                    client.getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello\n"
                                    .getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    @AfterEach
    void stop() throws IOException {
        internet.close();
    }

    private String output(String script) throws InterruptedException {
        return output(Mode.WORKSPACE_WRITE, script);
    }

    private String output(Mode mode, String script) throws InterruptedException {
        return new ProcessShell(
                        workspace,
                        Map.of("PATH", PATH),
                        new OutputDirectory(directory.resolve("spool")),
                        sandbox,
                        new Confinement(mode, new Confinement.Network.Allow(List.of("allowed.test"))))
                .run(new Shell.Command(script, Duration.ofSeconds(30)), _ -> {})
                .output();
    }

    /// Speaks to the proxy with what every machine has.
    private static String asking(String host) {
        return "exec 3<>/dev/tcp/127.0.0.1/${http_proxy##*:}; printf 'GET http://%s/ HTTP/1.1\\r\\n\\r\\n' >&3; cat <&3"
                .formatted(host);
    }

    @Test
    void anAllowedHostAnswersAndNoOther() throws Exception {
        assertTrue(output(asking("allowed.test")).endsWith("hello\n"));
        assertTrue(output(asking("evil.test")).contains("403 Forbidden"));
        assertTrue(output(Mode.READ_ONLY, asking("allowed.test")).endsWith("hello\n"));
        assertTrue(output(Mode.FULL, asking("allowed.test")).endsWith("hello\n"));
    }

    @Test
    void thereIsNoWayPastIt() throws Exception {
        assertEquals(
                "no\nno\nlo\n",
                output("(exec 3<>/dev/tcp/127.0.0.1/%d) 2>/dev/null || echo no; ".formatted(internet.getLocalPort())
                        + "getent hosts allowed.test || echo no; "
                        + "tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '"));
    }

    @Test
    void serversInsideAreReachedDirectly() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "python3 is not installed");
        assertEquals(
                "inside\n",
                output(
                        "echo inside > f; python3 -m http.server 8123 >/dev/null 2>&1 & "
                                + "for i in {1..200}; do (exec 3<>/dev/tcp/127.0.0.1/8123) 2>/dev/null && break; done; "
                                + "python3 -c 'import urllib.request as u;print(u.urlopen(\"http://127.0.0.1:8123/f\").read().decode(),end=\"\")'"));
    }

    @Test
    void aCommandThatWaitsForItsChildrenDoesNotWaitForIt() throws Exception {
        assertEquals("done\n", output("sleep 0 & wait; echo done"));
    }
}
