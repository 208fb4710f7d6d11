package dev.fettle.server.wire;

import dev.fettle.server.exchange.Body;
import dev.fettle.server.problem.Problem;
import dev.fettle.server.problem.ProblemException;
import io.helidon.http.RequestException;
import io.helidon.http.media.ReadableEntity;
import io.helidon.webserver.CloseConnectionException;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// A body on its way in. Packed bodies are unpacked here, and only as far as they may be long: a kilobyte
/// of `gzip` can stand for a megabyte.
final class SentBody implements Body {
    private final ReadableEntity entity;
    private final Optional<String> coding;
    private final Optional<String> length;
    private final Bounds bounds;

    /// A body.
    ///
    /// @param length as its head says, if it does
    SentBody(ReadableEntity entity, Optional<String> coding, Optional<String> length, Bounds bounds) {
        this.entity = entity;
        this.coding = coding;
        this.length = length;
        this.bounds = bounds;
    }

    @Override
    public byte[] read() throws InterruptedException {
        if (!entity.hasEntity()) {
            return new byte[0];
        }
        if (length.filter(said -> isMore(said, bounds.bodyBytes())).isPresent()) {
            throw tooLarge(bounds.bodyBytes());
        }
        try (InputStream in = stream(bounds.bodyBytes())) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new InterruptedException("Nobody sends the rest of the body");
        }
    }

    @Override
    public InputStream stream() throws IOException {
        return entity.hasEntity() ? stream(bounds.uploadBytes()) : InputStream.nullInputStream();
    }

    private InputStream stream(long maxBytes) throws IOException {
        return new Bounded(reading(() -> unpacked(entity.inputStream())), maxBytes);
    }

    private static boolean isMore(String said, long most) {
        return said.length() > 18 || (said.matches("[0-9]+") && Long.parseLong(said) > most);
    }

    private static ProblemException tooLarge(long most) {
        return broken(new Problem(413, "The body is larger than %d bytes.".formatted(most)));
    }

    private interface Reading<T> {
        T from() throws IOException;
    }

    /// Says what is wrong with a body in the words of the edge; an [IOException] means that the client is gone.
    private static <T> T reading(Reading<T> reading) throws IOException {
        try {
            return reading.from();
        } catch (ProblemException e) {
            throw e;
        } catch (RequestException e) {
            throw broken(DirectProblems.problem(e.status().code()));
        } catch (ZipException | EOFException e) {
            throw broken(new Problem(400, "The body is not valid gzip."));
        } catch (CloseConnectionException e) {
            throw new IOException("Nobody sends the rest of the body", e);
        } catch (RuntimeException e) {
            // Whatever the library's parser trips over, as the NumberFormatException of a chunk's size.
            throw broken(new Problem(400, "The body is not framed as its headers say."));
        }
    }

    /// A body that is refused once it turns out to be too long.
    private static final class Bounded extends FilterInputStream {
        private final long most;
        private long left;

        Bounded(InputStream in, long most) {
            super(in);
            this.most = most;
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int n = reading(() -> super.read(into, from, length));
            left -= Math.max(0, n);
            if (left < 0) {
                throw tooLarge(most);
            }
            return n;
        }
    }

    private InputStream unpacked(InputStream in) throws IOException {
        return switch (coding.orElse("identity").toLowerCase(Locale.ROOT)) {
            case "identity" -> new Unclosed(in);
            case "gzip" -> new GZIPInputStream(new Unclosed(in));
            default ->
                throw new Problem(415, "Send the body plain or packed with gzip.")
                        .with("Accept-Encoding", "gzip")
                        .exception();
        };
    }

    /// The library would read the rest of a body that is closed, and wait for it.
    private static final class Unclosed extends FilterInputStream {
        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public void close() {}
    }

    /// Where the next request would begin is not known, or not worth the reading.
    private static ProblemException broken(Problem problem) {
        return problem.with("Connection", "close").exception();
    }
}
