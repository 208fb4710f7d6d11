package dev.fettle.tools.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads a command's output to its end in constant memory: plain text, its head and tail kept, all of it spooled
/// to a file if it is long.
final class OutputCapture {
    private static final int CHUNK = 64 * 1024;

    private final Spool spool;
    private final Consumer<String> live;
    private final HeadAndTail shown = new HeadAndTail();
    private final PlainText plain = new PlainText();
    private boolean isLong;
    private boolean isClosed;
    private @Nullable RuntimeException listenerFailure;

    /// What is left of the output.
    ///
    /// @param fullOutput present when the text was cut
    record Shown(String text, Optional<String> fullOutput) {}

    OutputCapture(Spool spool, Consumer<String> live) {
        this.spool = spool;
        this.live = live;
    }

    /// Blocks until the stream ends or breaks.
    void drain(InputStream in) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        byte[] chunk = new byte[CHUNK];
        ByteBuffer bytes = ByteBuffer.wrap(chunk).limit(0);
        CharBuffer chars = CharBuffer.allocate(CHUNK);
        boolean ended = false;
        while (!ended) {
            bytes.compact();
            int count = read(in, chunk, bytes.position());
            ended = count < 0;
            bytes.position(bytes.position() + Math.max(count, 0)).flip();
            decoder.decode(bytes, chars, ended);
            if (ended) {
                decoder.flush(chars);
            }
            accept(chars.flip(), ended);
            chars.clear();
        }
    }

    /// A pipe that breaks has ended.
    private static int read(InputStream in, byte[] chunk, int from) {
        try {
            return in.read(chunk, from, chunk.length - from);
        } catch (IOException e) {
            return -1;
        }
    }

    private synchronized void accept(CharSequence chars, boolean ended) {
        if (isClosed) {
            return;
        }
        plain.feed(chars);
        keep(ended ? plain.takeAll() : plain.takeFinished());
    }

    private void keep(String piece) {
        if (piece.isEmpty()) {
            return;
        }
        if (!isLong && !shown.fits(piece)) {
            isLong = true;
            spool.open();
            spool.append(shown.head() + shown.tail());
        }
        spool.append(piece);
        shown.append(piece);
        if (listenerFailure == null) {
            try {
                live.accept(piece);
            } catch (RuntimeException e) {
                // The command must not block on a pipe that nobody reads; whoever closes this gets to know.
                listenerFailure = e;
            }
        }
    }

    /// Adds a line of our own after what was read.
    synchronized void add(String line) {
        keep(plain.takeAll());
        keep(line);
    }

    /// What was read. Anything that comes later is ignored.
    synchronized Shown close() {
        if (!isClosed) {
            keep(plain.takeAll());
            isClosed = true;
        }
        if (listenerFailure != null) {
            throw listenerFailure;
        }
        if (!shown.isCut()) {
            return new Shown(shown.head() + shown.tail(), Optional.empty());
        }
        Spool.Kept kept = spool.close();
        return new Shown(shown.text(kept.words()), kept.file());
    }
}
