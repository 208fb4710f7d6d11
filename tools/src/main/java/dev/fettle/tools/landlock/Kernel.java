package dev.fettle.tools.landlock;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// Calls of Linux that Java does not offer. What is set here holds for the calling *thread* and for all that it starts.
@SuppressWarnings("restricted")
final class Kernel {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    /// `long syscall(long number, …)` with five arguments that may be numbers or addresses.
    private static final MethodHandle SYSCALL = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("syscall"),
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            Linker.Option.captureCallState("errno"),
            Linker.Option.firstVariadicArg(1));

    private static final int CREATE_RULESET = 444;
    private static final int ADD_RULE = 445;
    private static final int RESTRICT_SELF = 446;
    private static final int VERSION = 1;
    private static final int PATH_BENEATH = 1;

    private static final boolean IS_X86 = System.getProperty("os.arch").equals("amd64")
            || System.getProperty("os.arch").equals("x86_64");
    private static final int PRCTL = IS_X86 ? 157 : 167;
    private static final int CAPSET = IS_X86 ? 126 : 91;
    private static final int OPENAT = IS_X86 ? 257 : 56;
    private static final int CLOSE = IS_X86 ? 3 : 57;
    private static final int WAIT4 = IS_X86 ? 61 : 260;

    private static final int NO_NEW_PRIVILEGES = 38;
    private static final int SECCOMP = 22;
    private static final int SECCOMP_FILTER = 2;
    private static final int CHILD_SUBREAPER = 36;
    private static final int AT_FDCWD = -100;
    /// `O_PATH | O_CLOEXEC`.
    private static final int PATH_ONLY = 0x200000 | 0x80000;

    private static final int CAPABILITY_VERSION_3 = 0x20080522;

    private Kernel() {}

    /// The version of Landlock's interface; 0 if the kernel has none.
    static int landlockVersion() {
        try {
            return (int) call("Landlock", CREATE_RULESET, 0, 0, VERSION, 0, 0);
        } catch (IOException e) {
            return 0;
        }
    }

    /// A ruleset that refuses these rights wherever no rule grants them.
    ///
    /// @param scoped what to separate from processes outside; 0 where the interface has no such thing
    static int createRuleset(long files, long network, long scoped, int version) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(24, 8);
            attributes.set(JAVA_LONG, 0, files);
            attributes.set(JAVA_LONG, 8, network);
            attributes.set(JAVA_LONG, 16, scoped);
            int size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
            return (int) call("landlock_create_ruleset", CREATE_RULESET, attributes.address(), size, 0, 0, 0);
        }
    }

    /// Grants rights to a file, or to a directory and all below it.
    static void grant(int ruleset, String path, long rights) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            long name = arena.allocateFrom(path).address();
            int file = (int) call("open " + path, OPENAT, AT_FDCWD, name, PATH_ONLY, 0, 0);
            try {
                MemorySegment rule = arena.allocate(12, 8);
                rule.set(JAVA_LONG, 0, rights);
                rule.set(JAVA_INT, 8, file);
                call("landlock_add_rule " + path, ADD_RULE, ruleset, PATH_BENEATH, rule.address(), 0, 0);
            } finally {
                close(file);
            }
        }
    }

    static void restrict(int ruleset) throws IOException {
        call("landlock_restrict_self", RESTRICT_SELF, ruleset, 0, 0, 0, 0);
    }

    static void close(int descriptor) throws IOException {
        call("close", CLOSE, descriptor, 0, 0, 0, 0);
    }

    /// From here on no program that is started gains rights, however it is marked.
    static void forgoPrivileges() throws IOException {
        call("no_new_privs", PRCTL, NO_NEW_PRIVILEGES, 1, 0, 0, 0);
    }

    static void dropCapabilities() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment header = arena.allocate(8, 4);
            header.set(JAVA_INT, 0, CAPABILITY_VERSION_3);
            call("capset", CAPSET, header.address(), arena.allocate(24, 4).address(), 0, 0, 0);
        }
    }

    /// Has each system call judged by a program.
    ///
    /// @param program instructions of 8 bytes
    static void filter(byte[] program) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment instructions = arena.allocate(program.length, 8);
            MemorySegment.copy(program, 0, instructions, JAVA_BYTE, 0, program.length);
            MemorySegment described = arena.allocate(16, 8);
            described.set(JAVA_SHORT, 0, (short) (program.length / 8));
            described.set(ADDRESS, 8, instructions);
            call("seccomp", PRCTL, SECCOMP, SECCOMP_FILTER, described.address(), 0, 0);
        }
    }

    /// Makes this process the parent of what its descendants leave behind.
    static void adoptOrphans() throws IOException {
        call("subreaper", PRCTL, CHILD_SUBREAPER, 1, 0, 0, 0);
    }

    /// Takes note of a child that has died.
    static void bury(long pid) throws IOException {
        call("wait4", WAIT4, pid, 0, 0, 0, 0);
    }

    private static long call(String what, int number, long a, long b, long c, long d, long e) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long result = (long) SYSCALL.invokeExact(state, (long) number, a, b, c, d, e);
            if (result < 0) {
                throw new IOException("%s: the kernel says error %d".formatted(what, (int) ERRNO.get(state, 0L)));
            }
            return result;
        } catch (IOException | RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
