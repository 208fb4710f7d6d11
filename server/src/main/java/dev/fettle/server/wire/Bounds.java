package dev.fettle.server.wire;

/// How much a client may send.
///
/// @param targetBytes of the request line; more is a 414
/// @param headBytes of the request line and all headers; more is a 431
/// @param bodyBytes of a body, as sent and again when unpacked; more is a 413
/// @param uploadBytes of the body of an archive, as sent and again when unpacked; more is a 413
/// @param connections at once; further ones wait until one is closed
public record Bounds(int targetBytes, int headBytes, int bodyBytes, long uploadBytes, int connections) {
    public static final Bounds DEFAULT = new Bounds(8 << 10, 32 << 10, 1 << 20, 100_000_000, 10_000);

    /// The same, and no larger archives than other bodies.
    public Bounds(int targetBytes, int headBytes, int bodyBytes, int connections) {
        this(targetBytes, headBytes, bodyBytes, bodyBytes, connections);
    }

    /// The same for all but archives, which may have as many bytes, if that is more than other bodies may.
    public Bounds withUploads(long bytes) {
        return new Bounds(targetBytes, headBytes, bodyBytes, Math.max(bodyBytes, bytes), connections);
    }

    public Bounds {
        if (targetBytes < 64
                || headBytes <= targetBytes
                || bodyBytes < 0
                || uploadBytes < bodyBytes
                || connections < 1) {
            throw new IllegalArgumentException(
                    "These bounds let nobody in: request line %d, head %d, body %d, connections %d"
                            .formatted(targetBytes, headBytes, bodyBytes, connections));
        }
    }
}
