package dev.fettle.testkit.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What Gemini refuses; the strictest of its models, in what concerns signatures.
final class GeminiRules extends Rules {
    private static final Set<String> FIELDS =
            Set.of("contents", "systemInstruction", "tools", "toolConfig", "generationConfig");

    private final Recorded recorded;
    private final JsonNode request;
    private List<JsonNode> open = List.of();

    GeminiRules(Recorded recorded) {
        this.recorded = recorded;
        this.request = recorded.json();
    }

    @Override
    void check() {
        require(recorded.query().equals("alt=sse"), "the query must be `alt=sse`, and hold no key");
        for (String field : request.propertyNames()) {
            require(FIELDS.contains(field), "Unknown name \"%s\": Cannot find field.".formatted(field));
        }
        request.path("systemInstruction").path("parts").forEach(part -> requireText(part.path("text"), "system"));
        JsonNode tools = request.path("tools").path(0).path("functionDeclarations");
        tools.forEach(tool -> {
            require(!tool.has("parameters"), "tools: parameters takes OpenAPI's schemas only");
            requireTool(tool.path("name"), tool.path("parametersJsonSchema"), "tools");
        });
        request.path("toolConfig")
                .path("functionCallingConfig")
                .path("allowedFunctionNames")
                .forEach(name -> requireToolChoice(name, tools, "toolConfig"));
        JsonNode config = request.path("generationConfig");
        require(config.path("maxOutputTokens").asInt(0) > 0, "generationConfig.maxOutputTokens: positive");
        require(
                !config.has("responseJsonSchema")
                        || (config.path("responseMimeType").asString("").equals("application/json") && tools.isEmpty()),
                "responseJsonSchema: needs application/json, and no tools");
        checkContents(request.path("contents"));
    }

    private void checkContents(JsonNode contents) {
        require(!contents.isEmpty(), "contents is not specified");
        for (int i = 0; i < contents.size(); i++) {
            String where = "contents[" + i + "]";
            JsonNode content = contents.get(i);
            String role = content.path("role").asString("");
            require(role.equals("user") || role.equals("model"), where + ": Please use a valid role: user, model.");
            require(i > 0 || role.equals("user"), where + ": a conversation begins with the user");
            require(!content.path("parts").isEmpty(), where + ".parts must not be empty");
            checkAnswers(content, where);
            open = new ArrayList<>();
            content.path("parts").forEach(part -> checkPart(part, role, where));
        }
        require(open.isEmpty(), "function calls without a response: " + open);
        require(
                contents.path(contents.size() - 1).path("role").asString("").equals("user"),
                "contents: the last one must be of the user");
    }

    private void checkAnswers(JsonNode content, String where) {
        List<JsonNode> answers = new ArrayList<>();
        content.path("parts").forEach(part -> {
            if (part.has("functionResponse")) {
                answers.add(part.path("functionResponse"));
            }
        });
        require(
                answers.size() == open.size(),
                where
                        + ": the number of function response parts must equal the number of function call parts: expected "
                        + open);
        for (int i = 0; i < Math.min(answers.size(), open.size()); i++) {
            require(
                    answers.get(i).path("name").equals(open.get(i).path("name"))
                            && answers.get(i).path("id").equals(open.get(i).path("id")),
                    where + ": %s does not answer %s".formatted(answers.get(i), open.get(i)));
        }
    }

    private void checkPart(JsonNode part, String role, String where) {
        boolean isSigned = part.path("thoughtSignature").isString();
        if (part.has("text")) {
            require(isSigned || !part.path("text").asString("").isBlank(), where + ": empty text parameter");
        } else if (part.has("inlineData")) {
            requireText(part.path("inlineData").path("mimeType"), where + ".inlineData.mimeType");
            requireText(part.path("inlineData").path("data"), where + ".inlineData.data");
        } else if (part.has("functionCall")) {
            JsonNode call = part.path("functionCall");
            require(role.equals("model"), where + ": function calls are of the model");
            requireName(call.path("name"), where + ".functionCall.name");
            require(call.path("args").isObject(), where + ".functionCall.args: an object is required");
            require(isSigned || !open.isEmpty(), where + ": Function call is missing a thought_signature");
            open.add(call);
        } else if (part.has("functionResponse")) {
            require(role.equals("user"), where + ": function responses are of the user");
            require(
                    part.path("functionResponse").path("response").isObject(),
                    where + ".functionResponse.response: an object is required");
        } else {
            require(false, where + ": unknown part " + part);
        }
    }
}
