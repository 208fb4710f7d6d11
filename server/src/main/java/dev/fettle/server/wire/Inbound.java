package dev.fettle.server.wire;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a client sends, as the HTTP parser pulls it, within bounds of time and size.
///
/// The library reads its sockets without any time limit, and a limit from read to read would not stop a
/// client that sends a byte every few seconds. So a second virtual thread reads the socket, one piece ahead
/// at most, and the connection's own thread waits for pieces with a deadline for the whole head, and one
/// for the whole body. The parser's thread can still answer when a deadline passes, which it could not if
/// the waiting were ended by closing or interrupting: that is how NIO channels break.
///
/// The reading thread also notices at once when a client hangs up while its request is being worked on. It
/// interrupts the worker, since nobody waits for the answer. A client that only shuts down its sending half
/// is taken to have hung up.
///
/// Bytes are counted here too, since the parser would read lines of any length between the pieces of a
/// chunked body.
final class Inbound implements Supplier<byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(Inbound.class);
    private static final Status HEAD_TOO_LARGE = Status.create(431);
    private static final byte[] END = new byte[0];
    private static final Duration LINGER = Duration.ofSeconds(1);

    /// Where pieces come from; null after the last.
    interface Pieces {
        byte @Nullable [] get();
    }

    private enum Phase {
        IDLE,
        HEAD,
        EXCHANGE
    }

    private final Pieces socket;
    private final Bounds bounds;
    private final Patience patience;
    private final BlockingQueue<byte[]> arrived = new ArrayBlockingQueue<>(1);
    private final Thread worker = Thread.currentThread();

    private Phase phase = Phase.IDLE;
    private volatile boolean isOver;
    private boolean isWorking;
    private boolean isGone;
    private BooleanSupplier parserIsBetweenRequests = () -> true;
    private boolean isLast;
    private boolean hasEnded;
    private boolean mayHaveMore;
    private byte[] rest = new byte[0];
    private long deadline;
    private long allowance;

    /// Belongs to the thread that makes it.
    Inbound(Pieces socket, Bounds bounds, Patience patience) {
        this.socket = socket;
        this.bounds = bounds;
        this.patience = patience;
        Thread.ofVirtual().name("http-reader").start(this::read);
    }

    DataReader reader() {
        return DataReader.create(this);
    }

    /// The parser does not say when it is done with a request, but can be asked.
    void serves(BooleanSupplier parserIsBetweenRequests) {
        this.parserIsBetweenRequests = parserIsBetweenRequests;
    }

    /// The request line is there; with pipelining it may have come with the last request.
    void headBegins() {
        if (phase != Phase.HEAD) {
            enter(Phase.HEAD, patience.head(), bounds.headBytes());
        }
    }

    /// The headers are there. Chunks may be framed as wastefully as one byte of body in two.
    ///
    /// @param isUpload whether the body is said to be an archive
    /// @param isLast whether the client will send no other request
    void exchangeBegins(boolean isUpload, boolean isLast) {
        this.isLast = isLast;
        long bytes = isUpload ? bounds.uploadBytes() : bounds.bodyBytes();
        enter(Phase.EXCHANGE, isUpload ? patience.upload() : patience.body(), 2 * bytes + (64 << 10));
        working(true);
    }

    /// The answer is on its way.
    ///
    /// @param isWhole whether it leaves in one piece, so that nothing is left to be interrupted
    /// @param isLast whether it tells the client that this connection takes no other request
    void answerBegins(boolean isWhole, boolean isLast) {
        if (isWhole) {
            working(false);
        }
        this.isLast |= isLast;
        mayHaveMore = isWhole && isLast;
    }

    /// The client may have gone before anybody began to work for it.
    private synchronized void working(boolean is) {
        isWorking = is;
        if (isWorking && isGone) {
            worker.interrupt();
        }
    }

    private synchronized void interruptWork() {
        isGone = true;
        if (isWorking) {
            worker.interrupt();
        }
    }

    private void enter(Phase next, Duration time, long bytes) {
        deadline = System.nanoTime() + time.toNanos();
        allowance = bytes;
        phase = next;
    }

    /// The next bytes; null when the client has hung up.
    @Override
    public byte @Nullable [] get() {
        if (parserIsBetweenRequests.getAsBoolean()) {
            if (isLast) {
                throw new CloseConnectionException("The last answer was sent");
            }
            if (phase == Phase.EXCHANGE) {
                phase = Phase.IDLE;
            }
        }
        return phase == Phase.IDLE ? first() : more();
    }

    private byte @Nullable [] first() {
        deadline = System.nanoTime() + patience.idle().toNanos();
        byte[] piece = next();
        if (piece == null) {
            throw new CloseConnectionException("No request came");
        }
        if (piece == END) {
            return null;
        }
        headBegins();
        return within(piece);
    }

    private byte @Nullable [] more() {
        boolean isHead = phase == Phase.HEAD;
        if (allowance == 0) {
            throw refusal(isHead ? HEAD_TOO_LARGE : Status.REQUEST_ENTITY_TOO_LARGE_413);
        }
        byte[] piece = next();
        if (piece == null) {
            throw refusal(Status.REQUEST_TIMEOUT_408);
        }
        if (piece != END) {
            return within(piece);
        }
        if (isHead) {
            throw refusal(Status.BAD_REQUEST_400);
        }
        return null;
    }

    /// Hands out no more than is allowed, so that the bound is exact.
    private byte[] within(byte[] piece) {
        int size = (int) Math.min(piece.length, allowance);
        allowance -= size;
        rest = Arrays.copyOfRange(piece, size, piece.length);
        return size == piece.length ? piece : Arrays.copyOf(piece, size);
    }

    /// The next piece, [#END] after the last, null if the deadline passed.
    private byte @Nullable [] next() {
        if (rest.length > 0) {
            byte[] piece = rest;
            rest = END;
            return piece;
        }
        if (hasEnded) {
            return END;
        }
        try {
            byte[] piece = arrived.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            hasEnded = piece == END;
            return piece;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloseConnectionException("Interrupted", e);
        }
    }

    private static RequestException refusal(Status status) {
        return RequestException.builder()
                .type(EventType.BAD_REQUEST)
                .status(status)
                .setKeepAlive(false)
                .message(status.reasonPhrase())
                .build();
    }

    /// Takes what the client still sends after an answer that did not wait for it, for a moment: closing a socket
    /// with unread bytes resets it, and the answer would be lost with it.
    void finish() {
        boolean hasMore = mayHaveMore || rest.length > 0 || !arrived.isEmpty();
        if (isLast && hasMore && !Thread.currentThread().isInterrupted()) {
            deadline = System.nanoTime() + LINGER.toNanos();
            byte[] piece = next();
            while (piece != null && piece != END) {
                piece = next();
            }
        }
        working(false);
        isOver = true;
        // Makes room for a piece that waits to be taken; there is at most one, and then the reading ends.
        arrived.clear();
    }

    /// Runs on the reading thread, until the client hangs up or the connection is closed.
    private void read() {
        try {
            byte[] piece = socket.get();
            while (piece != null) {
                arrived.put(piece);
                piece = isOver ? null : socket.get();
            }
        } catch (RuntimeException e) {
            // Reset by the client or closed by us: the end, too.
            LOG.trace("Reading ended", e);
        } catch (InterruptedException e) {
            return;
        }
        interruptWork();
        try {
            arrived.put(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
