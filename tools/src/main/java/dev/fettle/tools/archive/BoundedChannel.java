package dev.fettle.tools.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/// A file of which only so much is read until somebody knows what is in it.
final class BoundedChannel implements SeekableByteChannel {
    private final SeekableByteChannel file;
    private long allowance;

    BoundedChannel(SeekableByteChannel file, long allowance) {
        this.file = file;
        this.allowance = allowance;
    }

    void unbind() {
        allowance = Long.MAX_VALUE;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int n = file.read(into);
        allowance -= Math.max(0, n);
        if (allowance < 0) {
            throw Refused.tooLarge("lists too many entries, or too long ones");
        }
        return n;
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
        file.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        return file.write(from);
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
        file.truncate(size);
        return this;
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
