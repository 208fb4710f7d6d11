package dev.fettle.cli.render;

import dev.fettle.core.message.ToolCall;
import java.util.StringJoiner;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A call in one line: its short arguments, without the tool having to be known.
public final class CallSummary {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final int LONGEST_VALUE = 120;

    private CallSummary() {}

    public static String of(ToolCall call) {
        try {
            StringJoiner words = new StringJoiner(" ");
            for (JsonNode value : MAPPER.readTree(call.arguments())) {
                if (value.isValueNode()) {
                    words.add(firstLine(value.asString()));
                }
            }
            return words.toString();
        } catch (JacksonException e) {
            return firstLine(call.arguments());
        }
    }

    private static String firstLine(String text) {
        String line = text.strip().lines().findFirst().orElse("");
        boolean isWhole = line.length() == text.strip().length() && line.length() <= LONGEST_VALUE;
        return isWhole ? line : line.substring(0, Math.min(line.length(), LONGEST_VALUE)) + " …";
    }
}
