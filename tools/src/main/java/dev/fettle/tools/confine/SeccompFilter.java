package dev.fettle.tools.confine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Builds the program that the kernel asks about each system call of a command (seccomp(2), classic BPF).
///
/// Another architecture's calls kill the process, for their numbers mean something else. Calls that are forbidden fail
/// with `EPERM`. `clone3` does not exist (`ENOSYS`), so that programs fall back to `clone`, whose flags can be looked
/// at: new namespaces are refused. Sockets are only made for Unix, IPv4, IPv6 and netlink; `AF_VSOCK`, which knows no
/// network namespace, is not among them. `TIOCSTI` and `TIOCLINUX`, which type into a terminal, are refused.
public final class SeccompFilter {
    private static final int LOAD_WORD = 0x20;
    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int JUMP_IF_AT_LEAST = 0x35;
    private static final int JUMP_IF_ANY_BIT = 0x45;
    private static final int RETURN = 0x06;

    /// Offsets into `struct seccomp_data`; an argument's lower half comes first, both architectures being
    /// little-endian.
    private static final int CALL = 0;

    private static final int ARCHITECTURE = 4;
    private static final int FIRST_ARGUMENT = 16;
    private static final int SECOND_ARGUMENT = 24;

    private static final int ALLOW = 0x7FFF0000;
    private static final int KILL_PROCESS = 0x80000000;
    private static final int FAIL = 0x00050000;
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;
    private static final int EAFNOSUPPORT = 97;

    private static final int X32_BIT = 0x40000000;
    /// `CLONE_NEW…` for mount, cgroup, uts, ipc, user, pid, net and time.
    private static final int NEW_NAMESPACES = 0x7E020080;

    /// `AF_UNIX`, `AF_INET`, `AF_INET6`, `AF_NETLINK`.
    public static final List<Integer> ADDRESS_FAMILIES = List.of(1, 2, 10, 16);
    private static final int TIOCSTI = 0x5412;
    private static final int TIOCLINUX = 0x541C;

    private final List<int[]> program = new ArrayList<>();

    private SeccompFilter() {}

    /// The program as the kernel reads it: 8 bytes an instruction (`struct sock_filter`), little-endian.
    public static byte[] forCalls(SystemCalls calls) {
        return forCalls(calls, ADDRESS_FAMILIES);
    }

    /// The same for sockets of some address families only; pairs of sockets can always be made.
    public static byte[] forCalls(SystemCalls calls, List<Integer> families) {
        SeccompFilter filter = new SeccompFilter();
        filter.load(ARCHITECTURE);
        filter.unless(JUMP_IF_EQUAL, calls.audit(), KILL_PROCESS);
        filter.load(CALL);
        filter.when(JUMP_IF_AT_LEAST, X32_BIT, FAIL | ENOSYS);
        filter.when(JUMP_IF_EQUAL, calls.clone3(), FAIL | ENOSYS);
        calls.forbidden().forEach(call -> filter.when(JUMP_IF_EQUAL, call, FAIL | EPERM));
        filter.namespaces(calls.cloneCall());
        filter.sockets(calls.socket(), families);
        filter.terminals(calls.ioctl());
        filter.answer(ALLOW);
        return filter.bytes();
    }

    private void namespaces(int clone) {
        add(JUMP_IF_EQUAL, 0, 4, clone);
        load(FIRST_ARGUMENT);
        when(JUMP_IF_ANY_BIT, NEW_NAMESPACES, FAIL | EPERM);
        answer(ALLOW);
    }

    private void sockets(int socket, List<Integer> families) {
        add(JUMP_IF_EQUAL, 0, 1 + 2 * families.size() + 1, socket);
        load(FIRST_ARGUMENT);
        families.forEach(family -> when(JUMP_IF_EQUAL, family, ALLOW));
        answer(FAIL | EAFNOSUPPORT);
    }

    private void terminals(int ioctl) {
        add(JUMP_IF_EQUAL, 0, 5, ioctl);
        load(SECOND_ARGUMENT);
        when(JUMP_IF_EQUAL, TIOCSTI, FAIL | EPERM);
        when(JUMP_IF_EQUAL, TIOCLINUX, FAIL | EPERM);
    }

    private void load(int offset) {
        add(LOAD_WORD, 0, 0, offset);
    }

    private void answer(int action) {
        add(RETURN, 0, 0, action);
    }

    private void when(int test, int value, int action) {
        add(test, 0, 1, value);
        answer(action);
    }

    private void unless(int test, int value, int action) {
        add(test, 1, 0, value);
        answer(action);
    }

    /// One instruction; the jumps count the instructions to skip.
    private void add(int code, int ifTrue, int ifFalse, int value) {
        program.add(new int[] {code, ifTrue, ifFalse, value});
    }

    private byte[] bytes() {
        ByteBuffer buffer = ByteBuffer.allocate(program.size() * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (int[] instruction : program) {
            buffer.putShort((short) instruction[0])
                    .put((byte) instruction[1])
                    .put((byte) instruction[2])
                    .putInt(instruction[3]);
        }
        return buffer.array();
    }
}
