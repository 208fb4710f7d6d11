package dev.fettle.tools.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// How much memory a command holds, as the kernel counts it in `/proc`. Where there is no `/proc`, nothing is known.
final class MemoryUse {
    private static final long PAGE = 4096;

    private MemoryUse() {}

    /// The resident sets of a process and all that descends from it, in bytes; pages that several share count for each.
    static long of(Process process) {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .mapToLong(each -> residentBytes(each.pid()))
                .sum();
    }

    private static long residentBytes(long pid) {
        try {
            String[] pages =
                    Files.readString(Path.of("/proc/" + pid + "/statm")).split(" ", 3);
            return Long.parseLong(pages[1]) * PAGE;
        } catch (IOException | RuntimeException e) {
            return 0; // It has ended meanwhile.
        }
    }
}
