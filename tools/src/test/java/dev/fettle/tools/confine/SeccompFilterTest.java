package dev.fettle.tools.confine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs the filter as the kernel would, on made-up calls.
class SeccompFilterTest {
    private static final long ALLOW = 0x7FFF0000L;
    private static final long KILL = 0x80000000L;
    private static final long EPERM = 0x00050001L;
    private static final long ENOSYS = 0x00050026L;
    private static final long EAFNOSUPPORT = 0x00050061L;

    private static long answer(SystemCalls calls, int architecture, int call, long first, long second) {
        ByteBuffer data = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        data.putInt(0, call).putInt(4, architecture).putLong(16, first).putLong(24, second);
        ByteBuffer program = ByteBuffer.wrap(SeccompFilter.forCalls(calls)).order(ByteOrder.LITTLE_ENDIAN);
        int accumulator = 0;
        for (int at = 0; ; at++) {
            int code = program.getShort(at * 8);
            int ifTrue = program.get(at * 8 + 2) & 0xFF;
            int ifFalse = program.get(at * 8 + 3) & 0xFF;
            int value = program.getInt(at * 8 + 4);
            switch (code) {
                case 0x20 -> accumulator = data.getInt(value);
                case 0x15 -> at += accumulator == value ? ifTrue : ifFalse;
                case 0x35 -> at += Integer.compareUnsigned(accumulator, value) >= 0 ? ifTrue : ifFalse;
                case 0x45 -> at += (accumulator & value) != 0 ? ifTrue : ifFalse;
                case 0x06 -> {
                    return Integer.toUnsignedLong(value);
                }
                default -> throw new IllegalStateException("unknown instruction " + code);
            }
        }
    }

    private static long answer(SystemCalls calls, int call, long first, long second) {
        return answer(calls, calls.audit(), call, first, second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"amd64", "aarch64"})
    void ordinaryCallsPassAndForbiddenOnesFail(String architecture) {
        SystemCalls calls = SystemCalls.of(architecture);
        assertEquals(ALLOW, answer(calls, 0, 0, 0));
        calls.forbidden().forEach(call -> assertEquals(EPERM, answer(calls, call, 0, 0), "call " + call));
        assertEquals(ENOSYS, answer(calls, calls.clone3(), 0, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"amd64", "aarch64"})
    void aForkPassesAndANewNamespaceDoesNot(String architecture) {
        SystemCalls calls = SystemCalls.of(architecture);
        assertEquals(ALLOW, answer(calls, calls.cloneCall(), 0x01200011, 0));
        assertEquals(EPERM, answer(calls, calls.cloneCall(), 0x10000000, 0));
        assertEquals(EPERM, answer(calls, calls.cloneCall(), 0x00020000, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"amd64", "aarch64"})
    void socketsThatIgnoreNetworkNamespacesAreRefused(String architecture) {
        SystemCalls calls = SystemCalls.of(architecture);
        for (int family : new int[] {1, 2, 10, 16}) {
            assertEquals(ALLOW, answer(calls, calls.socket(), family, 1));
        }
        for (int family : new int[] {17, 38, 40}) {
            assertEquals(EAFNOSUPPORT, answer(calls, calls.socket(), family, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"amd64", "aarch64"})
    void nothingCanBeTypedIntoATerminal(String architecture) {
        SystemCalls calls = SystemCalls.of(architecture);
        assertEquals(ALLOW, answer(calls, calls.ioctl(), 0, 0x5401));
        assertEquals(EPERM, answer(calls, calls.ioctl(), 0, 0x5412));
        // The kernel looks at the lower half of the request only, and so must the filter.
        assertEquals(EPERM, answer(calls, calls.ioctl(), 0, 0x1_0000_5412L));
        assertEquals(EPERM, answer(calls, calls.ioctl(), 0, 0x541C));
    }

    @Test
    void callsOfAnotherArchitectureKillAndThoseOfX32DoNotExist() {
        assertEquals(KILL, answer(SystemCalls.X86_64, 0x40000003, 0, 0, 0));
        assertEquals(KILL, answer(SystemCalls.X86_64, SystemCalls.AARCH64.audit(), 0, 0, 0));
        assertEquals(ENOSYS, answer(SystemCalls.X86_64, 0x40000000, 0, 0));
    }

    @Test
    void anUnknownArchitectureIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> SystemCalls.of("riscv64"));
    }
}
