package dev.fettle.core.message;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/// The one answer to a [ToolCall]: what the model is told about what happened.
///
/// @param text bounded; says itself what was cut and how to get the rest
public record ToolResult(String callId, Kind kind, String text, List<Image> images) {

    public enum Kind {
        @JsonProperty("ok")
        OK,
        /// The tool ran or tried to, and the world said no; the text says what to try next.
        @JsonProperty("error")
        ERROR,
        /// A policy or a person did not allow it.
        @JsonProperty("denied")
        DENIED,
        @JsonProperty("cancelled")
        CANCELLED,
        /// The process died while the tool ran: it may have had its effect or not.
        @JsonProperty("unknown")
        UNKNOWN
    }

    public ToolResult {
        images = List.copyOf(images);
    }

    public static ToolResult ok(String callId, String text) {
        return new ToolResult(callId, Kind.OK, text, List.of());
    }

    public static ToolResult error(String callId, String text) {
        return new ToolResult(callId, Kind.ERROR, text, List.of());
    }

    public static ToolResult denied(String callId, String text) {
        return new ToolResult(callId, Kind.DENIED, text, List.of());
    }

    public static ToolResult cancelled(String callId, String text) {
        return new ToolResult(callId, Kind.CANCELLED, text, List.of());
    }

    public static ToolResult unknown(String callId, String text) {
        return new ToolResult(callId, Kind.UNKNOWN, text, List.of());
    }

    /// The same with less of the text, saying what was left out, and without images.
    ToolResult shortened(int characters) {
        int left = text.length() - characters;
        if (left <= 0 && images.isEmpty()) {
            return this;
        }
        String shorter = left <= 0
                ? text
                : "%s%n[%d more characters were left out, as the conversation grew too long; call again if you need them.]"
                        .formatted(beginning(characters), left);
        return new ToolResult(callId, kind, shorter, List.of());
    }

    private String beginning(int characters) {
        boolean isSplit = Character.isHighSurrogate(text.charAt(characters - 1));
        return text.substring(0, isSplit ? characters - 1 : characters);
    }

    public boolean isError() {
        return kind != Kind.OK;
    }
}
