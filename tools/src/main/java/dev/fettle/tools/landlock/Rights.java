package dev.fettle.tools.landlock;

/// Rights to files in Landlock's numbers (`linux/landlock.h`), as far as a version of its interface knows them.
final class Rights {
    private static final long EXECUTE = 1;
    private static final long WRITE_FILE = 1 << 1;
    private static final long READ_FILE = 1 << 2;
    static final long LIST = 1 << 3;
    private static final long TRUNCATE = 1 << 14;
    private static final long CONTROL_DEVICE = 1 << 15;

    static final long READ = EXECUTE | READ_FILE | LIST;
    /// Of a file, not of a directory.
    static final long READ_A_FILE = EXECUTE | READ_FILE;
    static final long USE_DEVICE = READ_FILE | WRITE_FILE | TRUNCATE | CONTROL_DEVICE;

    static final long BIND_OR_CONNECT_TCP = 3;
    static final long ABSTRACT_SOCKETS_AND_SIGNALS = 3;

    private Rights() {}

    /// All that the version knows: to remove (2 kinds), to make (7 kinds), to rename into other directories
    /// (from 2), to truncate (from 3), to control devices (from 5).
    static long all(int version) {
        int bits = version >= 5 ? 16 : version >= 3 ? 15 : version == 2 ? 14 : 13;
        return (1L << bits) - 1;
    }

    /// Everything but the making of device files and control of devices.
    static long change(int version) {
        long makeDevices = 1 << 6 | 1 << 11;
        return all(version) & ~makeDevices & ~CONTROL_DEVICE;
    }
}
