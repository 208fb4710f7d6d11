package dev.fettle.providers.replay;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.usage.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// The answers of a model, one JSON object a line, in the form in which a session's log keeps them: `content`,
/// and where it matters `stop_reason` and `usage`. The exported events of a session are a recording too: lines
/// of a `type` other than `assistant_said` are passed over, and so are blank ones.
public record Recording(List<ModelResponse> answers) {
    public Recording {
        answers = List.copyOf(answers);
    }

    private record Line(
            List<ContentBlock> content,
            @Nullable StopReason stopReason,
            @Nullable Usage usage) {
        ModelResponse answer() {
            boolean hasCalls = content.stream().anyMatch(ToolCall.class::isInstance);
            StopReason usual = hasCalls ? StopReason.TOOL_CALLS : StopReason.END;
            return new ModelResponse(
                    new Message.Assistant(content),
                    stopReason == null ? usual : stopReason,
                    usage == null ? Usage.ZERO : usage);
        }
    }

    /// Reads a recording.
    ///
    /// @throws IllegalArgumentException naming the line that is not an answer
    public static Recording parse(String text) {
        JsonMapper mapper = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
        List<ModelResponse> answers = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                JsonNode node = mapper.readTree(line);
                if (node.path("type").asString("assistant_said").equals("assistant_said")) {
                    answers.add(read(mapper, node).answer());
                }
            } catch (JacksonException | IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "Line %d of the recording is not an answer: %s".formatted(number, e.getMessage()), e);
            }
        }
        return new Recording(answers);
    }

    private static Line read(JsonMapper mapper, JsonNode node) {
        if (!node.path("content").isArray()) {
            throw new IllegalArgumentException("it has no `content` list");
        }
        return mapper.treeToValue(node, Line.class);
    }
}
