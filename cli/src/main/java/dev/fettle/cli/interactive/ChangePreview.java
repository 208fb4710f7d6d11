package dev.fettle.cli.interactive;

import dev.fettle.cli.diff.DiffView;
import dev.fettle.cli.text.Printable;
import dev.fettle.cli.text.Style;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.permission.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a call would write, as far as its arguments tell, without the tool having to be known.
record ChangePreview(Style style, int width) {
    private static final int MOST_LINES = 40;

    /// The lines to show below a question.
    List<String> of(Permission permission, List<ToolCall> open) {
        return permission instanceof Permission.Write write
                ? open.stream()
                        .flatMap(call -> read(call).stream())
                        .filter(arguments -> arguments.toString().contains(write.path()))
                        .findFirst()
                        .map(this::lines)
                        .orElse(List.of())
                : List.of();
    }

    private static Optional<JsonNode> read(ToolCall call) {
        try {
            return Optional.of(JsonMapper.shared().readTree(call.arguments()));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private List<String> lines(JsonNode arguments) {
        List<String> lines = new ArrayList<>();
        collect(arguments, lines);
        return new DiffView(style, width - 2, MOST_LINES)
                .lines(String.join("\n", lines)).stream()
                        .map(line -> "  " + line)
                        .toList();
    }

    private static void collect(JsonNode node, List<String> lines) {
        node.properties().forEach(each -> {
            String sign = switch (each.getKey()) {
                case "old" -> "-";
                case "new", "content" -> "+";
                default -> "";
            };
            if (!sign.isEmpty() || each.getKey().equals("patch")) {
                each.getValue().asString().lines().forEach(line -> lines.add(sign + Printable.of(line)));
            }
        });
        for (JsonNode child : node) {
            if (child.isContainer()) {
                collect(child, lines);
            }
        }
    }
}
