package dev.fettle.testkit.openapi;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// An API as its OpenAPI 3.1 document has it. Answers are read strictly: a field that the document does not
/// know is a mistake of one of the two.
public final class ApiDescription {
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    private static final String COMPONENTS = "#/components/schemas/";

    private final JsonNode document;
    private final ObjectNode closed;
    private final Map<String, Schema> schemas = new HashMap<>();

    public ApiDescription(String json) {
        document = JsonMapper.shared().readTree(json);
        closed = (ObjectNode) document.path("components").path("schemas").deepCopy();
        closed.forEach(schema -> {
            if (schema.has("properties") && !schema.has("additionalProperties")) {
                ((ObjectNode) schema).put("additionalProperties", false);
            }
        });
    }

    /// One that the document tells of.
    public record Operation(String method, String path, JsonNode node) {
        public String id() {
            return node.path("operationId").asString();
        }
    }

    /// What came back.
    ///
    /// @param contentType as sent, empty if nothing was
    public record Answer(int status, String contentType, String body) {}

    public JsonNode document() {
        return document;
    }

    public List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(each -> operations.add(new Operation(
                                each.getKey().toUpperCase(Locale.ROOT), path.getKey(), each.getValue()))));
        return operations;
    }

    /// What a reference leads to, or the node itself.
    public JsonNode resolved(JsonNode node) {
        return node.has("$ref")
                ? resolved(document.at(node.path("$ref").asString().substring(1)))
                : node;
    }

    /// What is wrong with an answer; nothing if it is as described. What is only said of all other cases
    /// does not count.
    public List<String> complaints(Operation operation, Answer answer) {
        JsonNode described = operation.node().path("responses").path(Integer.toString(answer.status()));
        if (described.isMissingNode()) {
            return List.of("%d is not described".formatted(answer.status()));
        }
        JsonNode content = resolved(described).path("content");
        if (content.isMissingNode()) {
            return answer.body().isEmpty() ? List.of() : List.of("nothing is described, and something came");
        }
        JsonNode typed = content.path(answer.contentType());
        if (typed.isMissingNode()) {
            return List.of("`%s` is none of %s".formatted(answer.contentType(), content.propertyNames()));
        }
        boolean isJson = answer.contentType().matches("application/(.*\\+)?json");
        return isJson ? misfits(typed.path("schema"), answer.body()) : List.of();
    }

    private List<String> misfits(JsonNode schema, String body) {
        try {
            JsonNode value = JsonMapper.shared().readTree(body);
            return schemas.computeIfAbsent(schema.toString(), _ -> compiled(schema)).validate(value).stream()
                    .map(Error::toString)
                    .toList();
        } catch (JacksonException e) {
            return List.of("it is no JSON: " + e.getOriginalMessage());
        }
    }

    /// By itself, as JSON Schema has it: with what it refers to among its definitions.
    private Schema compiled(JsonNode schema) {
        ObjectNode whole = (ObjectNode) schema.deepCopy();
        whole.set("$defs", closed);
        return REGISTRY.getSchema(JsonMapper.shared().readTree(whole.toString().replace(COMPONENTS, "#/$defs/")));
    }
}
