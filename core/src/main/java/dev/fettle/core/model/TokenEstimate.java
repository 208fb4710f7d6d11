package dev.fettle.core.model;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Image;
import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.tool.ToolSpec;
import java.util.List;

/// How many tokens a request has at most, in practice. Every model cuts text its own way, so this errs on the
/// high side: prose and code have three to four characters a token, digits and base64 about two, and other
/// scripts up to two tokens a character.
public final class TokenEstimate {
    private static final int PER_IMAGE = 5_000;
    private static final int PER_MESSAGE = 20;
    private static final int PER_REQUEST = 1_000;

    private TokenEstimate() {}

    /// Never more than the model's context window, since no model takes more.
    public static long of(ModelRequest request) {
        long tokens = PER_REQUEST + of(request.system());
        for (ToolSpec tool : request.tools()) {
            tokens += PER_MESSAGE + of(tool.name()) + of(tool.description()) + of(tool.schema());
        }
        for (Message message : request.messages()) {
            tokens += PER_MESSAGE + of(message);
        }
        return Math.min(tokens, request.model().contextWindow());
    }

    public static long of(String text) {
        int ascii = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < 128) {
                ascii++;
            }
        }
        return (ascii + 1) / 2 + 2L * (text.length() - ascii);
    }

    /// Of a message by itself.
    public static long of(Message message) {
        return switch (message) {
            case Message.User user -> of(user.text()) + of(user.images());
            case Message.Assistant answer ->
                answer.content().stream().mapToLong(TokenEstimate::of).sum();
            case Message.Results results ->
                results.results().stream()
                        .mapToLong(result -> PER_MESSAGE + of(result.text()) + of(result.images()))
                        .sum();
        };
    }

    private static long of(ContentBlock block) {
        return switch (block) {
            case ContentBlock.Text text -> of(text.text());
            case ContentBlock.Reasoning reasoning -> of(reasoning.verbatim());
            case ToolCall call -> PER_MESSAGE + of(call.name()) + of(call.arguments());
        };
    }

    private static long of(List<Image> images) {
        return (long) PER_IMAGE * images.size();
    }
}
