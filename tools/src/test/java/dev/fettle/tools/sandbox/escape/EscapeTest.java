package dev.fettle.tools.sandbox.escape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fettle.core.workspace.Confinement;
import dev.fettle.core.workspace.Shell;
import dev.fettle.tools.confine.Guards;
import dev.fettle.tools.confine.VisibleFiles;
import dev.fettle.tools.network.NetworkGateway;
import dev.fettle.tools.process.OutputDirectory;
import dev.fettle.tools.process.ProcessShell;
import dev.fettle.tools.process.Sandbox;
import dev.fettle.tools.sandbox.Bubblewrap;
import dev.fettle.tools.sandbox.SandboxTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every attempt gets out of a plain shell, or it would prove nothing, and none gets out of the sandbox: neither as
/// whoever runs this, often root, nor as an ordinary user.
class EscapeTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void thereAreEnoughAttempts() {
        assertTrue(Attempts.all().size() >= 80, "there are " + Attempts.all().size());
    }

    @TestFactory
    Stream<DynamicTest> getsOutOfAPlainShell() {
        assumeTrue(isRoot(), "an ordinary user is refused some of this without a sandbox, too");
        return tests(this::plain, Range.Owner.SELF, true);
    }

    @TestFactory
    Stream<DynamicTest> staysInTheSandbox() {
        return tests(in(sandbox()), Range.Owner.SELF, false);
    }

    @TestFactory
    Stream<DynamicTest> staysInTheSandboxAsAnOrdinaryUser() throws IOException {
        sandbox();
        assumeTrue(isRoot(), "whoever runs this is an ordinary user already");
        Path program = Files.writeString(
                directory.resolve("bwrap-as-nobody"),
                "#!/bin/sh\nexec setpriv %s bwrap \"$@\"\n".formatted(String.join(" ", Range.AS_NOBODY)));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        return tests(
                in(new Bubblewrap(
                        program,
                        new VisibleFiles(
                                directory.resolve("home"), Path.of(System.getProperty("java.home")), List.of()),
                        new NetworkGateway(),
                        new Guards(directory.resolve("guards")))),
                Range.Owner.NOBODY,
                false);
    }

    private static boolean isRoot() {
        return ProcessHandle.current().info().user().orElse("").equals("root");
    }

    private Sandbox sandbox() {
        return SandboxTest.sandboxOrSkip(directory.resolve("home"));
    }

    private Range.Runner in(Sandbox sandbox) {
        return (script, workspace, environment) -> new ProcessShell(
                        workspace,
                        environment,
                        new OutputDirectory(directory.resolve("spool")),
                        sandbox,
                        Confinement.DEFAULT)
                .run(new Shell.Command(script, Duration.ofSeconds(20)), _ -> {})
                .output();
    }

    /// What every program can do that starts another.
    private String plain(String script, Path workspace, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "plain", ".out");
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script)
                .directory(workspace.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process bash = builder.start();
        if (!bash.waitFor(20, TimeUnit.SECONDS)) {
            bash.descendants().forEach(ProcessHandle::destroyForcibly);
            bash.destroyForcibly();
        }
        return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
    }

    private Stream<DynamicTest> tests(Range.Runner runner, Range.Owner owner, boolean getsOut) {
        return Attempts.all().stream()
                .map(attempt -> DynamicTest.dynamicTest(attempt.seen() + ": " + attempt.name(), () -> {
                    try (Range range = new Range(directory, owner, runner)) {
                        Range.Outcome outcome = range.run(attempt, getsOut ? 250 : 25);
                        assertEquals(getsOut, outcome.gotOut(), () -> told(attempt, outcome));
                    }
                }));
    }

    private static String told(Attempt attempt, Range.Outcome outcome) {
        String output = outcome.output();
        return "%s: %s: %s"
                .formatted(attempt.seen(), attempt.name(), output.substring(0, Math.min(2_000, output.length())));
    }
}
