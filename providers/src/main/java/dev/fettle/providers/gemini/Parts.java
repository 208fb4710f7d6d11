package dev.fettle.providers.gemini;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.model.Delta;
import dev.fettle.providers.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// Parts of an answer while they arrive: calls come whole, texts in pieces. A thought signature must go back on the
/// very part it came on, unmerged; so before each signed part stands a block that holds the signature, and an empty
/// signed part is kept as one (ai.google.dev/gemini-api/docs/thought-signatures).
final class Parts {
    private final Consumer<Delta> deltas;
    private final CallIds ids;
    private final List<ContentBlock> blocks = new ArrayList<>();
    private final StringBuilder thoughts = new StringBuilder();
    private final StringBuilder text = new StringBuilder();

    Parts(Consumer<Delta> deltas, CallIds ids) {
        this.deltas = deltas;
        this.ids = ids;
    }

    void accept(JsonNode part) {
        String signature = part.path("thoughtSignature").asString("");
        String piece = part.path("text").asString("");
        JsonNode call = part.path("functionCall");
        if (call.isObject()) {
            call(call, signature);
        } else if (part.path("thought").asBoolean(false)) {
            think(piece);
        } else if (signature.isEmpty()) {
            say(piece);
        } else {
            endText();
            reason(piece.isEmpty() ? "{\"text\":\"\"," + signed(signature) + "}" : "{" + signed(signature) + "}");
            say(piece);
            endText();
        }
    }

    List<ContentBlock> whole() {
        endText();
        if (!thoughts.isEmpty()) {
            reason("");
        }
        return List.copyOf(blocks);
    }

    private void think(String piece) {
        if (!piece.isEmpty()) {
            endText();
            thoughts.append(piece);
            deltas.accept(new Delta.Reasoning(piece));
        }
    }

    private void say(String piece) {
        if (!piece.isEmpty()) {
            if (!thoughts.isEmpty()) {
                reason("");
            }
            text.append(piece);
            deltas.accept(new Delta.Text(piece));
        }
    }

    private void call(JsonNode call, String signature) {
        endText();
        if (!thoughts.isEmpty() || !signature.isEmpty()) {
            reason(signature.isEmpty() ? "" : "{" + signed(signature) + "}");
        }
        String name = call.path("name").asString("");
        deltas.accept(new Delta.CallBegun(name));
        JsonNode arguments = call.path("args");
        blocks.add(new ToolCall(
                ids.orMade(call.path("id").asString("")), name, arguments.isObject() ? arguments.toString() : "{}"));
    }

    private void reason(String verbatim) {
        blocks.add(new ContentBlock.Reasoning(thoughts.toString(), Gemini.DIALECT, verbatim));
        thoughts.setLength(0);
    }

    private void endText() {
        if (!text.isEmpty()) {
            blocks.add(new ContentBlock.Text(text.toString()));
            text.setLength(0);
        }
    }

    private static String signed(String signature) {
        return "\"thoughtSignature\":" + Json.quoted(signature);
    }
}
