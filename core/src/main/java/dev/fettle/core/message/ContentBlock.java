package dev.fettle.core.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// One part of a model's answer, in the order the model produced it.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ContentBlock.Text.class, name = "text"),
    @JsonSubTypes.Type(value = ContentBlock.Reasoning.class, name = "reasoning"),
    @JsonSubTypes.Type(value = ToolCall.class, name = "tool_call"),
})
public sealed interface ContentBlock permits ContentBlock.Text, ContentBlock.Reasoning, ToolCall {

    record Text(String text) implements ContentBlock {}

    /// A model's own thinking, which its provider wants back unchanged.
    ///
    /// @param text what may be shown to a person; empty when the provider hides it
    /// @param dialect the wire format that wrote `verbatim`; another dialect leaves the block out
    /// @param verbatim the provider's JSON for this block, byte for byte, signature included
    record Reasoning(String text, String dialect, String verbatim) implements ContentBlock {}
}
