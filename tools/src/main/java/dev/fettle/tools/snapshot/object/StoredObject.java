package dev.fettle.tools.snapshot.object;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/// What git calls an object, by what it is and how long; its name is a hash of that and of its bytes.
public record StoredObject(Type type, long size) {
    public enum Type {
        COMMIT(Constants.OBJ_COMMIT),
        TREE(Constants.OBJ_TREE),
        BLOB(Constants.OBJ_BLOB);

        private final int code;

        Type(int code) {
            this.code = code;
        }

        /// As packs write it.
        int code() {
            return code;
        }

        /// As hashes spell it.
        private String word() {
            return Constants.typeString(code);
        }
    }

    static ObjectId id(Type type, byte[] content) {
        MessageDigest digest = new StoredObject(type, content.length).digest();
        return ObjectId.fromRaw(digest.digest(content));
    }

    /// Has seen the header; takes the bytes.
    MessageDigest digest() {
        MessageDigest digest = Constants.newMessageDigest();
        digest.update("%s %d\0".formatted(type.word(), size).getBytes(StandardCharsets.US_ASCII));
        return digest;
    }
}
