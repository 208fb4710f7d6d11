package dev.fettle.providers.resilience;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.model.CallObserver;
import dev.fettle.core.model.Delta;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.core.usage.Usage;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/// Gives the same answer to the same request again, for a while and at no cost: for classification and batches,
/// where repetition is waste. An agent's turns go without, for there a second answer may be wanted for being
/// another.
///
/// Two requests are the same if the SHA-256 of all they contain is: model, system text, tools, messages,
/// temperature. Refusals and answers that were cut off or empty are not remembered.
public final class Cached implements ModelProvider {
    /// What an entry takes besides its text.
    private static final int OVERHEAD = 500;

    private static final JsonMapper CANONICAL = JsonMapper.shared();

    private final ModelProvider provider;
    private final CallObserver observer;
    private final Cache<String, ModelResponse> answers;

    /// What was answered, to be shared by all providers that are asked in one process.
    public static final class Answers {
        private final Cache<String, ModelResponse> kept;

        /// None yet.
        ///
        /// @param mostCharacters of all answers together
        /// @param keep from when an answer was given
        public Answers(long mostCharacters, Duration keep, SteadyTime time) {
            kept = Caffeine.newBuilder()
                    .maximumWeight(mostCharacters)
                    .weigher((String _, ModelResponse answer) -> weight(answer))
                    .expireAfterWrite(keep)
                    .ticker(() -> time.elapsed().toNanos())
                    .executor(Runnable::run)
                    .build();
        }
    }

    /// A provider that need not be asked what is among these answers.
    ///
    /// @param observer hears of each look into them
    public Cached(ModelProvider provider, Answers answers, CallObserver observer) {
        this.provider = provider;
        this.observer = observer;
        this.answers = answers.kept;
    }

    @Override
    public ModelResponse complete(ModelRequest request, Consumer<Delta> deltas) throws InterruptedException {
        String key = key(request);
        ModelResponse known = answers.getIfPresent(key);
        observer.onLookup(known != null);
        if (known == null) {
            ModelResponse fresh = provider.complete(request, deltas);
            if (isWorthKeeping(fresh)) {
                answers.put(key, fresh);
            }
            return fresh;
        }
        known.message().content().forEach(block -> show(block, deltas));
        return new ModelResponse(known.message(), known.stopReason(), Usage.ZERO, known.answeredBy());
    }

    static String key(ModelRequest request) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            CANONICAL.writeValue(new DigestOutputStream(OutputStream.nullOutputStream(), sha), request);
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }

    private static boolean isWorthKeeping(ModelResponse answer) {
        return switch (answer.stopReason()) {
            case END, TOOL_CALLS ->
                !answer.message().calls().isEmpty() || !answer.message().text().isBlank();
            case MAX_TOKENS, REFUSAL -> false;
        };
    }

    private static void show(ContentBlock block, Consumer<Delta> deltas) {
        deltas.accept(
                switch (block) {
                    case ContentBlock.Text text -> new Delta.Text(text.text());
                    case ContentBlock.Reasoning reasoning -> new Delta.Reasoning(reasoning.text());
                    case ToolCall call -> new Delta.CallBegun(call.name());
                });
    }

    private static int weight(ModelResponse answer) {
        int characters = OVERHEAD;
        for (ContentBlock block : answer.message().content()) {
            characters += switch (block) {
                case ContentBlock.Text text -> text.text().length();
                case ContentBlock.Reasoning reasoning ->
                    reasoning.text().length() + reasoning.verbatim().length();
                case ToolCall call -> call.arguments().length();
            };
        }
        return characters;
    }
}
