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
    private final int maxBytes;

    SentBody(ReadableEntity entity, Optional<String> coding, int maxBytes) {
        this.entity = entity;
        this.coding = coding;
        this.maxBytes = maxBytes;
    }

    @Override
    public byte[] read() throws InterruptedException {
        if (!entity.hasEntity()) {
            return new byte[0];
        }
        try (InputStream in = unpacked(entity.inputStream())) {
            byte[] bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw broken(new Problem(413, "The body is larger than %d bytes.".formatted(maxBytes)));
            }
            return bytes;
        } catch (ProblemException e) {
            throw e;
        } catch (RequestException e) {
            throw broken(DirectProblems.problem(e.status().code()));
        } catch (ZipException | EOFException e) {
            throw broken(new Problem(400, "The body is not valid gzip."));
        } catch (IOException | CloseConnectionException e) {
            throw new InterruptedException("Nobody sends the rest of the body");
        } catch (RuntimeException e) {
            // Whatever the library's parser trips over, as the NumberFormatException of a chunk's size.
            throw broken(new Problem(400, "The body is not framed as its headers say."));
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
