package dev.fettle.langchain4j;

import dev.fettle.core.model.Delta;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Takes what a model calls back with and gives it to the thread that waits.
final class HandOver implements StreamingChatResponseHandler {
    private sealed interface Arrival {
        record Piece(Delta delta) implements Arrival {}

        record Whole(ChatResponse response) implements Arrival {}

        record Failure(Throwable reason) implements Arrival {}
    }

    /// The model gave up.
    static final class FailedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final Throwable reason;

        FailedException(Throwable reason) {
            super(reason);
            this.reason = reason;
        }

        Throwable reason() {
            return reason;
        }
    }

    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private volatile @Nullable StreamingHandle handle;
    private int lastCall = -1;

    /// Passes pieces on until the answer is whole.
    ChatResponse await(Consumer<Delta> deltas) throws InterruptedException {
        while (true) {
            switch (arrivals.take()) {
                case Arrival.Piece piece -> deltas.accept(piece.delta());
                case Arrival.Whole whole -> {
                    return whole.response();
                }
                case Arrival.Failure failure -> throw new FailedException(failure.reason());
            }
        }
    }

    /// Asks the model to stop, if it can be asked.
    void cancel() {
        StreamingHandle stopping = handle;
        if (stopping != null) {
            stopping.cancel();
        }
    }

    @Override
    public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
        handle = context.streamingHandle();
        onPartialResponse(piece.text());
    }

    @Override
    public void onPartialResponse(String text) {
        arrivals.add(new Arrival.Piece(new Delta.Text(text)));
    }

    @Override
    public void onPartialThinking(PartialThinking thinking) {
        arrivals.add(new Arrival.Piece(new Delta.Reasoning(thinking.text())));
    }

    @Override
    public void onPartialToolCall(PartialToolCall call) {
        if (call.index() != lastCall) {
            lastCall = call.index();
            arrivals.add(new Arrival.Piece(new Delta.CallBegun(call.name())));
        }
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        arrivals.add(new Arrival.Whole(response));
    }

    @Override
    public void onError(Throwable error) {
        arrivals.add(new Arrival.Failure(error));
    }
}
