package dev.fettle.core.redaction;

import dev.fettle.core.message.ToolCall;
import dev.fettle.core.secret.SecretVault;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.tool.Tool;
import dev.fettle.core.tool.ToolException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Puts secrets in the place of their handles in a call's arguments, where that is allowed. Policies and people
/// decide about the arguments with handles, so a value must not be able to change what the call means: it is no
/// part of what a permission names, and to a shell it is an ordinary word.
public final class HandlesInCall {
    private static final JsonMapper JSON = JsonMapper.shared();
    /// Characters that mean nothing to a shell inside a word.
    private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9_./+:@%,=-]+");

    private final SecretVault vault;

    public HandlesInCall(SecretVault vault) {
        this.vault = vault;
    }

    /// The call with values, ready to run.
    ///
    /// @param shown the call as the model wrote it
    /// @throws ToolException if the tool may not have a value, saying what else to do
    public Tool.Invocation revealed(Tool tool, ToolCall call, Tool.Invocation shown) {
        if (!call.arguments().contains("secret:")) {
            return shown;
        }
        JsonNode arguments = parse(call.arguments());
        List<String> handles = new ArrayList<>();
        mapped(arguments, text -> {
            handles.addAll(vault.handlesIn(text));
            return text;
        });
        if (handles.isEmpty()) {
            return shown;
        }
        for (String handle : handles) {
            check(tool, call, handle);
        }
        Tool.Invocation revealed = tool.prepare(mapped(arguments, vault::reveal).toString());
        if (tool.effect() != Effect.UNSAFE && !revealed.permissions().equals(shown.permissions())) {
            throw new ToolException("A secret cannot be part of a path. Nothing was done.");
        }
        return revealed;
    }

    private void check(Tool tool, ToolCall call, String handle) {
        String value = vault.value(handle)
                .orElseThrow(() -> new ToolException(
                        "The value behind ⟨secret:%s⟩ is not known any more. Read what it came from again, then repeat the call."
                                .formatted(handle)));
        if (tool.putsBack(call.arguments(), "⟨secret:%s⟩".formatted(handle))) {
            return;
        }
        if (!vault.mayReveal(handle, call.name())) {
            throw new ToolException(
                    ("⟨secret:%s⟩ stands for a secret, and `%s` is not given its value. Nothing was done. Use edit to change "
                                    + "the text around it, or let the program read it from where it is. The user can allow it: "
                                    + "--allow-secret %s")
                            .formatted(handle, call.name(), handle));
        }
        if (tool.effect() == Effect.UNSAFE && !PLAIN_WORD.matcher(value).matches()) {
            throw new ToolException(
                    "The value of ⟨secret:%s⟩ has characters that mean something to a shell, so it cannot be part of a command. "
                                    .formatted(handle)
                            + "Let the program read it from where it is.");
        }
    }

    private static JsonNode parse(String arguments) {
        try {
            return JSON.readTree(arguments);
        } catch (JacksonException e) {
            throw new ToolException("The arguments are not valid JSON. Send one JSON object.");
        }
    }

    private static JsonNode mapped(JsonNode node, UnaryOperator<String> change) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode copy = JsonNodeFactory.instance.objectNode();
                object.properties().forEach(each -> copy.set(each.getKey(), mapped(each.getValue(), change)));
                yield copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = JsonNodeFactory.instance.arrayNode();
                array.forEach(each -> copy.add(mapped(each, change)));
                yield copy;
            }
            default -> node.isString() ? JsonNodeFactory.instance.stringNode(change.apply(node.stringValue())) : node;
        };
    }
}
