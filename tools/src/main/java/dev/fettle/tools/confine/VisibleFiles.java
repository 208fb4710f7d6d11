package dev.fettle.tools.confine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What a confined command sees besides the workspace, to be read only: programs and libraries, and nothing
/// of the user's home but toolchains and package caches, which hold no credentials.
///
/// @param home the user's home directory
/// @param java the JDK that runs us, which may live anywhere
/// @param others more directories to see
public record VisibleFiles(Path home, Path java, List<Path> others) {
    /// Of the system; some may be links, and some may be missing.
    public static final List<Path> SYSTEM = Stream.of(
                    "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc", "/opt")
            .map(Path::of)
            .toList();

    /// Not to be seen though they are in one of those.
    public static final List<Path> HIDDEN = Stream.of(
                    "/etc/shadow",
                    "/etc/shadow-",
                    "/etc/gshadow",
                    "/etc/gshadow-",
                    "/etc/sudoers",
                    "/etc/sudoers.d",
                    "/etc/ssh",
                    "/etc/ssl/private",
                    "/etc/fettle",
                    "/etc/security/opasswd")
            .map(Path::of)
            .toList();

    /// Tells programs how many processors there are.
    private static final Path PROCESSORS = Path.of("/sys/devices/system/cpu");

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

    public VisibleFiles {
        others = List.copyOf(others);
    }

    /// Directories besides the system's that are there.
    public List<Path> directories() {
        Stream<Path> toolchains = TOOLCHAINS.stream().map(home::resolve);
        boolean isElsewhere = SYSTEM.stream().noneMatch(java::startsWith);
        return Stream.of(
                        Stream.of(PROCESSORS),
                        toolchains,
                        others.stream(),
                        isElsewhere ? Stream.of(java) : Stream.<Path>empty())
                .flatMap(each -> each)
                .filter(Files::isDirectory)
                .toList();
    }
}
