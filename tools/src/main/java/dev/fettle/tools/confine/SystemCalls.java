package dev.fettle.tools.confine;

import java.util.List;

/// The system calls that matter to the filter, by their numbers on one architecture (`asm/unistd.h`).
///
/// @param audit the architecture as seccomp names it (`AUDIT_ARCH_…`)
/// @param forbidden calls that no command needs: they load code into the kernel, change mounts or namespaces, look
///     into other processes, or reach what is not a file
public record SystemCalls(int audit, int cloneCall, int clone3, int socket, int ioctl, List<Integer> forbidden) {
    private static final int OPEN_TREE = 428;
    private static final int FSPICK = 433;

    static final SystemCalls X86_64 = new SystemCalls(
            0xC000003E,
            56,
            435,
            41,
            16,
            List.of(
                    101, 103, 135, 153, 155, 159, 161, 163, 164, 165, 166, 167, 168, 169, 172, 173, 175, 176, 179, 180,
                    212, 227, 246, 248, 249, 250, 272, 298, 303, 304, 308, 310, 311, 312, 313, 320, 321, 323, 425, 426,
                    427, OPEN_TREE, 429, 430, 431, 432, FSPICK, 438, 442));

    static final SystemCalls AARCH64 = new SystemCalls(
            0xC00000B7,
            220,
            435,
            198,
            29,
            List.of(
                    39, 40, 41, 51, 58, 60, 89, 92, 97, 104, 105, 106, 112, 116, 117, 142, 170, 171, 217, 218, 219, 224,
                    225, 241, 264, 265, 268, 270, 271, 272, 273, 280, 282, 294, 425, 426, 427, OPEN_TREE, 429, 430, 431,
                    432, FSPICK, 438, 442));

    /// The calls of the machine that this JVM runs on.
    ///
    /// @param architecture as in the system property `os.arch`
    public static SystemCalls of(String architecture) {
        return switch (architecture) {
            case "amd64", "x86_64" -> X86_64;
            case "aarch64", "arm64" -> AARCH64;
            default ->
                throw new IllegalArgumentException("There is no system call filter for `%s`".formatted(architecture));
        };
    }
}
