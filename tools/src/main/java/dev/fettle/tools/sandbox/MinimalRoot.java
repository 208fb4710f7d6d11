package dev.fettle.tools.sandbox;

import dev.fettle.tools.confine.VisibleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The file system a confined command sees besides the workspace: what is visible, and private and bounded scratch
/// space.
record MinimalRoot(VisibleFiles visible) {
    static final String AGENT_HOME = "/home/agent";

    /// Writable by root even in a user namespace: the kernel asks who owns the file, not for a capability.
    private static final List<String> KERNEL_SWITCHES =
            List.of("/proc/sys", "/proc/sysrq-trigger", "/proc/irq", "/proc/bus", "/proc/fs");

    private static final String SCRATCH_BYTES = Long.toString(512L * 1024 * 1024);

    /// Mount options in bubblewrap's words.
    List<String> options() throws IOException {
        List<String> options = new ArrayList<>();
        for (Path system : VisibleFiles.SYSTEM) {
            if (Files.isSymbolicLink(system)) {
                options.addAll(
                        List.of("--symlink", Files.readSymbolicLink(system).toString(), system.toString()));
            } else if (Files.isDirectory(system)) {
                fix(system, options);
            }
        }
        VisibleFiles.HIDDEN.forEach(path -> hide(path, options));
        options.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
        KERNEL_SWITCHES.forEach(path -> fix(Path.of(path), options));
        hide(Path.of("/proc/kcore"), options);
        options.addAll(List.of("--size", SCRATCH_BYTES, "--tmpfs", "/dev/shm", "--remount-ro", "/dev"));
        for (String scratch : List.of("/tmp", "/var/tmp", "/run", AGENT_HOME)) {
            options.addAll(List.of("--size", SCRATCH_BYTES, "--tmpfs", scratch));
        }
        visible.directories().forEach(path -> fix(path, options));
        return options;
    }

    private static void fix(Path path, List<String> options) {
        if (Files.exists(path)) {
            options.addAll(List.of("--ro-bind", path.toString(), path.toString()));
        }
    }

    private static void hide(Path path, List<String> options) {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            options.addAll(List.of("--size", "4096", "--tmpfs", path.toString(), "--remount-ro", path.toString()));
        } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            options.addAll(List.of("--ro-bind", "/dev/null", path.toString()));
        }
    }
}
