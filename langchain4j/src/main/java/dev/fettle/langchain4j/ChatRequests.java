package dev.fettle.langchain4j;

import dev.fettle.core.message.Image;
import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.tool.ToolSpec;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Requests in LangChain4j's words. Reasoning of earlier answers is left out: there is no common form for it.
final class ChatRequests {
    private ChatRequests() {}

    static ChatRequest of(ModelRequest request) {
        ChatRequest.Builder chat = new ChatRequest.Builder()
                .messages(messages(request))
                .maxOutputTokens(request.model().maxOutputTokens());
        request.temperature().ifPresent(chat::temperature);
        if (!request.tools().isEmpty()) {
            chat.toolSpecifications(
                    request.tools().stream().map(ChatRequests::tool).toList());
            switch (request.toolChoice()) {
                case dev.fettle.core.model.ToolChoice.Auto _ -> {}
                case dev.fettle.core.model.ToolChoice.None _ -> chat.toolChoice(ToolChoice.NONE);
                case dev.fettle.core.model.ToolChoice.Required _, dev.fettle.core.model.ToolChoice.Named _ ->
                    chat.toolChoice(ToolChoice.REQUIRED);
            }
        }
        return chat.build();
    }

    private static List<ChatMessage> messages(ModelRequest request) {
        List<ChatMessage> messages = new ArrayList<>();
        if (!request.system().isBlank()) {
            messages.add(new SystemMessage(request.system()));
        }
        Map<String, String> names = new HashMap<>();
        for (Message message : request.messages()) {
            switch (message) {
                case Message.User user -> messages.add(new UserMessage(contents(user.text(), user.images())));
                case Message.Assistant assistant -> {
                    assistant.calls().forEach(call -> names.put(call.id(), call.name()));
                    messages.add(answer(assistant));
                }
                case Message.Results results ->
                    results.results().forEach(result -> messages.add(result(result, names)));
            }
        }
        return messages;
    }

    private static List<Content> contents(String text, List<Image> images) {
        List<Content> contents = new ArrayList<>();
        contents.add(new TextContent(text));
        images.forEach(image -> contents.add(new ImageContent(image.base64(), image.mediaType())));
        return contents;
    }

    private static AiMessage answer(Message.Assistant said) {
        AiMessage.Builder answer = AiMessage.builder();
        if (!said.text().isEmpty()) {
            answer.text(said.text());
        }
        return answer.toolExecutionRequests(
                        said.calls().stream().map(ChatRequests::call).toList())
                .build();
    }

    private static ToolExecutionRequest call(ToolCall call) {
        return ToolExecutionRequest.builder()
                .id(call.id())
                .name(call.name())
                .arguments(call.arguments())
                .build();
    }

    private static ChatMessage result(ToolResult result, Map<String, String> names) {
        return ToolExecutionResultMessage.builder()
                .id(result.callId())
                .toolName(names.getOrDefault(result.callId(), "tool"))
                .text(result.text())
                .isError(result.isError())
                .build();
    }

    private static ToolSpecification tool(ToolSpec tool) {
        JsonNode schema = JsonMapper.shared().readTree(tool.schema());
        JsonObjectSchema.Builder parameters = JsonObjectSchema.builder();
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            parameters.addProperty(
                    property.getKey(), JsonRawSchema.from(property.getValue().toString()));
        }
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asString()));
        return ToolSpecification.builder()
                .name(tool.name())
                .description(tool.description())
                .parameters(parameters.required(required).build())
                .build();
    }
}
