package dev.fettle.tools.landlock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What confined commands leave behind, however they went about it: this process is made the parent of its descendants'
/// orphans, and among its children they are told by what none of them can shed, the system call filter. Whose they are
/// cannot be told, so they are killed when no confined command runs.
final class Orphans {
    private final Set<Long> running = new HashSet<>();
    private boolean isParent;

    synchronized void begins(Process process) throws IOException {
        running.add(process.pid());
    }

    /// To be called before a command starts.
    synchronized void adopt() throws IOException {
        if (!isParent) {
            Kernel.adoptOrphans();
            isParent = true;
        }
    }

    synchronized void ended(Process process) throws IOException {
        running.remove(process.pid());
        while (running.isEmpty()) {
            List<ProcessHandle> orphans = ProcessHandle.current()
                    .children()
                    .filter(each -> isFiltered(each.pid()))
                    .toList();
            if (orphans.isEmpty()) {
                return;
            }
            for (ProcessHandle orphan : orphans) {
                orphan.destroyForcibly();
                Kernel.bury(orphan.pid());
            }
        }
    }

    private static boolean isFiltered(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))
                    .contains("Seccomp:\t2");
        } catch (IOException e) {
            return false; // It has ended.
        }
    }
}
