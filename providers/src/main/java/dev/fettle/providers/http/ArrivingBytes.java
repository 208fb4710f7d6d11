package dev.fettle.providers.http;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The body of a response while it arrives. The JDK's own stream and line handlers wait without a limit; this
/// one waits as long as it is told, and interruption ends the wait. Closing it before the end closes the
/// connection, which is how the server learns that nobody listens any more.
final class ArrivingBytes implements HttpResponse.BodySubscriber<ArrivingBytes>, AutoCloseable {
    private final CompletableFuture<ArrivingBytes> begun = new CompletableFuture<>();
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final Queue<ByteBuffer> unread = new ArrayDeque<>();
    private volatile Flow.@Nullable Subscription subscription;

    private sealed interface Arrival {
        record Bytes(List<ByteBuffer> buffers) implements Arrival {}

        record End() implements Arrival {}

        record Failure(Throwable cause) implements Arrival {}
    }

    /// The next bytes; empty at the end of the body.
    ///
    /// @throws HttpTimeoutException if nothing arrives in time
    Optional<ByteBuffer> next(Duration patience) throws IOException, InterruptedException {
        while (unread.isEmpty()) {
            Arrival arrival = arrivals.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            switch (arrival) {
                case null -> throw new HttpTimeoutException("nothing arrived for %d s".formatted(patience.toSeconds()));
                case Arrival.Bytes bytes -> {
                    unread.addAll(bytes.buffers());
                    request();
                }
                case Arrival.End end -> {
                    arrivals.add(end);
                    return Optional.empty();
                }
                case Arrival.Failure failure -> throw new IOException(failure.cause());
            }
        }
        return Optional.ofNullable(unread.poll());
    }

    @Override
    public CompletionStage<ArrivingBytes> getBody() {
        return begun;
    }

    @Override
    public void onSubscribe(Flow.Subscription granted) {
        subscription = granted;
        begun.complete(this);
        request();
    }

    private void request() {
        Flow.Subscription granted = subscription;
        if (granted != null) {
            granted.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        arrivals.add(new Arrival.Bytes(buffers));
    }

    @Override
    public void onError(Throwable cause) {
        arrivals.add(new Arrival.Failure(cause));
    }

    @Override
    public void onComplete() {
        arrivals.add(new Arrival.End());
    }

    @Override
    public void close() {
        Flow.Subscription granted = subscription;
        if (granted != null) {
            granted.cancel();
        }
    }
}
