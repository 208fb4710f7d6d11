package dev.fettle.server.wire;

import dev.fettle.core.usage.Deadline;
import dev.fettle.server.exchange.Content;
import io.helidon.webserver.CloseConnectionException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes an answer of any length. The client has time for each piece of it: how long the whole takes depends on how
/// much it is. An answer that cannot be finished breaks off without its last chunk, so that nobody takes it for whole.
final class Download extends OutputStream {
    private static final Logger LOG = LoggerFactory.getLogger(Download.class);
    private static final int PIECE = 1 << 16;

    private final OutputStream out;
    private final Duration patience;

    private Download(OutputStream out, Duration patience) {
        this.out = out;
        this.patience = patience;
    }

    /// Returns when the client has it all.
    ///
    /// @param patience how long a client may take for a piece
    @SuppressWarnings("try")
    static void send(Content.Writing writing, OutputStream out, Duration patience)
            throws IOException, InterruptedException {
        OutputStream pieces = new BufferedOutputStream(new Download(out, patience), PIECE);
        try {
            writing.to(pieces);
            pieces.flush();
        } catch (RuntimeException e) {
            LOG.warn("An answer breaks off in its middle", e);
            throw new CloseConnectionException("An answer could not be finished", e);
        }
        try (Deadline _ = Deadline.after(patience)) {
            out.close();
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try (Deadline _ = Deadline.after(patience)) {
            out.write(bytes, from, length);
        }
    }
}
