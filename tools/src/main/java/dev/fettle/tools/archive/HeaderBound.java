package dev.fettle.tools.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Holds headers to a size. The library takes names and attributes of any length into memory, and a kilobyte
/// of gzip can stand for a megabyte of them.
final class HeaderBound extends FilterInputStream {
    private static final long MOST = 1 << 20;

    private long allowance = Long.MAX_VALUE;

    HeaderBound(InputStream in) {
        super(in);
    }

    void headerBegins() {
        allowance = MOST;
    }

    void headerEnds() {
        allowance = Long.MAX_VALUE;
    }

    private long counted(long n) {
        allowance -= Math.max(0, n);
        if (allowance < 0) {
            throw Refused.tooLarge("has an entry whose name or attributes are too long");
        }
        return n;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        counted(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        return (int) counted(super.read(into, from, length));
    }

    @Override
    public long skip(long n) throws IOException {
        return counted(super.skip(n));
    }
}
