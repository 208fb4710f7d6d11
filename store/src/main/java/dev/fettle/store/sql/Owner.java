package dev.fettle.store.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/// A process that has sessions open. Its number alone is not enough, since numbers are used again.
///
/// @param startedMs when the process started, epoch milliseconds; zero where the system does not tell
public record Owner(long pid, long startedMs) {
    /// Two processes may see the start of a third a second apart, because Linux tells the time of its boot in
    /// whole seconds.
    private static final long SLACK_MS = 2_000;

    public static Owner current() {
        ProcessHandle self = ProcessHandle.current();
        return new Owner(self.pid(), startedMs(self));
    }

    public boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> Math.abs(startedMs(process) - startedMs) <= SLACK_MS)
                .filter(_ -> !isZombie())
                .isPresent();
    }

    private static long startedMs(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /// Whether it is dead and only its parent has not asked about it yet: in a container that may be for ever.
    private boolean isZombie() {
        try {
            // proc(5): the state is the first field after the name, which is in parentheses and may hold some.
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return false;
        }
    }
}
