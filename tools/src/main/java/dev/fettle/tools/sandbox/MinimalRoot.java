package dev.fettle.tools.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The file system a confined command sees besides the workspace: programs and libraries, read-only; private and
/// bounded scratch space; nothing of the user's home but toolchains and package caches, which hold no credentials.
///
/// @param home the user's home directory
/// @param java the JDK that runs us, which may live anywhere
/// @param readable more directories to see
record MinimalRoot(Path home, Path java, List<Path> readable) {
    static final String AGENT_HOME = "/home/agent";

    private static final List<String> SYSTEM =
            List.of("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc", "/opt");
    private static final List<String> SECRETS_OF_ETC = List.of(
            "/etc/shadow",
            "/etc/shadow-",
            "/etc/gshadow",
            "/etc/gshadow-",
            "/etc/sudoers",
            "/etc/sudoers.d",
            "/etc/ssh",
            "/etc/ssl/private",
            "/etc/fettle",
            "/etc/security/opasswd");
    /// Writable by root even in a user namespace: the kernel asks who owns the file, not for a capability.
    private static final List<String> KERNEL_SWITCHES =
            List.of("/proc/sys", "/proc/sysrq-trigger", "/proc/irq", "/proc/bus", "/proc/fs");

    private static final List<String> TOOLCHAINS = List.of(
            ".m2/repository",
            ".gradle/wrapper",
            ".cargo/bin",
            ".cargo/registry",
            ".rustup/toolchains",
            ".pyenv",
            ".nvm",
            ".sdkman/candidates",
            ".jdks",
            ".local/bin",
            "go/pkg");

    private static final String SCRATCH_BYTES = Long.toString(512L * 1024 * 1024);

    /// Mount options in bubblewrap's words.
    List<String> options() throws IOException {
        List<String> options = new ArrayList<>();
        for (String path : SYSTEM) {
            Path system = Path.of(path);
            if (Files.isSymbolicLink(system)) {
                options.addAll(
                        List.of("--symlink", Files.readSymbolicLink(system).toString(), path));
            } else if (Files.isDirectory(system)) {
                options.addAll(List.of("--ro-bind", path, path));
            }
        }
        SECRETS_OF_ETC.forEach(path -> hide(Path.of(path), options));
        options.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
        KERNEL_SWITCHES.forEach(path -> fix(Path.of(path), options));
        hide(Path.of("/proc/kcore"), options);
        options.addAll(List.of("--size", SCRATCH_BYTES, "--tmpfs", "/dev/shm", "--remount-ro", "/dev"));
        for (String scratch : List.of("/tmp", "/var/tmp", "/run", AGENT_HOME)) {
            options.addAll(List.of("--size", SCRATCH_BYTES, "--tmpfs", scratch));
        }
        show(Path.of("/sys/devices/system/cpu"), options);
        for (String toolchain : TOOLCHAINS) {
            show(home.resolve(toolchain), options);
        }
        readable.forEach(path -> show(path, options));
        if (!java.startsWith("/usr") && !java.startsWith("/opt")) {
            show(java, options);
        }
        return options;
    }

    private static void show(Path path, List<String> options) {
        if (Files.isDirectory(path)) {
            fix(path, options);
        }
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
