package dev.fettle.store.sql;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class OwnerTest {
    @Test
    void thisProcessIsAlive() {
        assertTrue(Owner.current().isAlive());
    }

    @Test
    void aProcessThatReusesTheNumberIsSomebodyElse() {
        Owner self = Owner.current();

        assertFalse(new Owner(self.pid(), self.startedMs() - 60_000).isAlive());
    }

    @Test
    void aProcessThatEndedIsNotAlive() throws Exception {
        Process process = new ProcessBuilder("sleep", "60").start();
        Owner owner = owner(process.toHandle());
        assertTrue(owner.isAlive());

        process.destroyForcibly().waitFor();

        assertFalse(owner.isAlive());
    }

    @Test
    void aProcessThatIsDeadButNotYetMournedByItsParentIsNotAlive() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/stat")), "Only Linux tells the state of a process in /proc");
        // The shell becomes a `sleep`, which never asks about the child it inherits.
        Process parent = new ProcessBuilder("sh", "-c", "sleep 60 >/dev/null & echo $!; exec sleep 60").start();
        try (BufferedReader output = parent.inputReader()) {
            ProcessHandle child =
                    ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
            Owner owner = owner(child);
            // Until then it is a shell, which might ask.
            while (!Files.readString(Path.of("/proc/" + parent.pid() + "/comm")).startsWith("sleep")) {
                Thread.onSpinWait();
            }
            child.destroyForcibly();
            while (!Files.readString(Path.of("/proc/" + child.pid() + "/stat")).contains(") Z ")) {
                Thread.onSpinWait();
            }

            assertTrue(child.isAlive(), "the JDK alone does not notice");
            assertFalse(owner.isAlive());
        } finally {
            parent.destroyForcibly().waitFor();
        }
    }

    private static Owner owner(ProcessHandle process) {
        return new Owner(
                process.pid(),
                process.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
    }
}
