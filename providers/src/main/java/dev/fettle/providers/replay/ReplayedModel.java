package dev.fettle.providers.replay;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.model.Delta;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.model.ModelResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// Answers from a [Recording], for demonstrations and for tests of the whole program without a network. The
/// n-th answer goes to the request that contains n-1 answers already, so a continued session goes on at its
/// place.
public final class ReplayedModel implements ModelProvider {
    private static final int PIECE = 16;

    private final List<ModelResponse> answers;
    private final Duration pause;

    /// A replay of a recording.
    ///
    /// @param pause before each small piece of text, to look like a model at work
    public ReplayedModel(Recording recording, Duration pause) {
        this.answers = recording.answers();
        this.pause = pause;
    }

    public ReplayedModel(Recording recording) {
        this(recording, Duration.ZERO);
    }

    @Override
    public ModelResponse complete(ModelRequest request, Consumer<Delta> deltas) throws InterruptedException {
        long given = request.messages().stream()
                .filter(Message.Assistant.class::isInstance)
                .count();
        if (given >= answers.size()) {
            throw new ModelException(
                    ModelException.Kind.INVALID_REQUEST,
                    "The recording ends after %d answers and answer %d was asked for; start a new session or record more"
                            .formatted(answers.size(), given + 1));
        }
        ModelResponse answer = answers.get((int) given);
        for (ContentBlock block : answer.message().content()) {
            switch (block) {
                case ContentBlock.Text text -> inPieces(text.text(), piece -> deltas.accept(new Delta.Text(piece)));
                case ContentBlock.Reasoning reasoning ->
                    inPieces(reasoning.text(), piece -> deltas.accept(new Delta.Reasoning(piece)));
                case ToolCall call -> deltas.accept(new Delta.CallBegun(call.name()));
            }
        }
        return answer;
    }

    private void inPieces(String text, Consumer<String> sink) throws InterruptedException {
        int begin = 0;
        while (begin < text.length()) {
            int end = Math.min(begin + PIECE, text.length());
            if (end < text.length() && Character.isLowSurrogate(text.charAt(end))) {
                end++;
            }
            Thread.sleep(pause);
            sink.accept(text.substring(begin, end));
            begin = end;
        }
    }
}
