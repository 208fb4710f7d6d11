package dev.fettle.providers.openai;

import dev.fettle.core.message.ToolCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// Tool calls while they arrive, several at a time, told apart by `index`. Some servers give no index, or the
/// same one to all: there a new id begins a new call.
final class CallPieces {
    private final Consumer<String> begun;
    private final List<Piece> inOrder = new ArrayList<>();
    private final Map<Integer, Piece> byIndex = new HashMap<>();

    private record Piece(String id, String name, StringBuilder arguments) {}

    /// Nothing yet.
    ///
    /// @param begun told the name of each call when its first piece arrives
    CallPieces(Consumer<String> begun) {
        this.begun = begun;
    }

    void accept(JsonNode piece) {
        String id = piece.path("id").asString("");
        JsonNode function = piece.path("function");
        String name = function.path("name").asString("");
        int index = piece.path("index").asInt(0);
        Piece call = byIndex.get(index);
        boolean isOther = call != null && !id.isEmpty() && !name.isEmpty() && !id.equals(call.id());
        if (call == null || isOther) {
            call = new Piece(id, name, new StringBuilder());
            byIndex.put(index, call);
            inOrder.add(call);
            begun.accept(name);
        }
        JsonNode arguments = function.path("arguments");
        call.arguments().append(arguments.isObject() ? arguments.toString() : arguments.asString(""));
    }

    List<ToolCall> whole() {
        return inOrder.stream()
                .map(call -> new ToolCall(
                        call.id(),
                        call.name(),
                        call.arguments().isEmpty() ? "{}" : call.arguments().toString()))
                .toList();
    }
}
