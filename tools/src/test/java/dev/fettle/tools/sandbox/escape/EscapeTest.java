package dev.fettle.tools.sandbox.escape;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fettle.tools.process.Sandbox;
import dev.fettle.tools.process.Unconfined;
import dev.fettle.tools.sandbox.Rung;
import dev.fettle.tools.sandbox.SandboxProbe;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every attempt gets out of an unconfined shell, or it would prove nothing, and none gets out of the sandbox.
class EscapeTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void thereAreEnoughAttempts() {
        assertTrue(Attempts.all().size() >= 80, "there are " + Attempts.all().size());
    }

    @TestFactory
    Stream<DynamicTest> getsOutOfAnUnconfinedShell() {
        assumeTrue(
                ProcessHandle.current().info().user().orElse("").equals("root"),
                "an ordinary user is refused some of this without a sandbox, too");
        return tests(new Unconfined(), true);
    }

    @TestFactory
    Stream<DynamicTest> staysInTheSandbox() {
        Rung rung = new SandboxProbe(System.getenv("PATH"), directory.resolve("home"), List.of()).find();
        return switch (rung) {
            case Rung.Confined confined -> tests(confined.sandbox(), false);
            case Rung.None none -> {
                assumeTrue(false, none.why());
                yield Stream.empty();
            }
        };
    }

    private Stream<DynamicTest> tests(Sandbox sandbox, boolean getsOut) {
        return Attempts.all().stream()
                .map(attempt -> DynamicTest.dynamicTest(attempt.seen() + ": " + attempt.name(), () -> {
                    try (Range range = new Range(directory, sandbox)) {
                        Range.Outcome outcome = range.run(attempt);
                        if (getsOut) {
                            assertTrue(outcome.gotOut(), outcome.output());
                        } else {
                            assertFalse(outcome.gotOut(), outcome.output());
                        }
                    }
                }));
    }
}
