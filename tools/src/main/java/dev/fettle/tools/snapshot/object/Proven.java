package dev.fettle.tools.snapshot.object;

import java.io.FilterInputStream;
import java.io.IOException;
import java.security.DigestInputStream;
import org.eclipse.jgit.lib.ObjectId;

/// An object's bytes, of which the end is only reached if they are the ones the object is named after.
final class Proven extends FilterInputStream {
    private final DigestInputStream content;
    private final ObjectId id;
    private long missing;

    Proven(DigestInputStream content, long size, ObjectId id) {
        super(content);
        this.content = content;
        this.missing = size;
        this.id = id;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (missing == 0) {
            ObjectId actual = ObjectId.fromRaw(content.getMessageDigest().digest());
            missing = -1;
            if (!actual.equals(id)) {
                throw new IOException("object %s is damaged".formatted(id.name()));
            }
        }
        if (missing < 0) {
            return -1;
        }
        int n = super.read(bytes, from, (int) Math.min(length, missing));
        if (n < 0) {
            throw new IOException("object %s is cut off".formatted(id.name()));
        }
        missing -= n;
        return n;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
