package dev.fettle.tools.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What a process and all that descends from it hold, as the kernel counts it in `/proc`. Where there is no `/proc`,
/// no memory is seen.
///
/// @param bytes resident; pages that several share count for each
record ResourceUse(long bytes, int processes) {
    private static final long PAGE = 4096;

    static ResourceUse of(Process process) {
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        return new ResourceUse(
                all.stream().mapToLong(each -> residentBytes(each.pid())).sum(), all.size());
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
