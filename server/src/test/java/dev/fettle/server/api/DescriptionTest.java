package dev.fettle.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.fettle.core.user.Role;
import dev.fettle.server.route.Route;
import dev.fettle.testkit.openapi.ApiDescription;
import dev.fettle.testkit.openapi.ApiDescription.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The service as it describes itself.
@Timeout(30)
class DescriptionTest {
    @TempDir
    private Path root = Path.of("");

    private Office office;
    private Office.Client nobody;
    private ApiDescription api;

    @BeforeEach
    void open() throws IOException {
        office = new Office(root, Duration.ZERO);
        nobody = office.as("nobody");
        api = new ApiDescription(nobody.get("/openapi.json").body());
    }

    @AfterEach
    void close() {
        office.close();
    }

    @Test
    void everyRouteSaysWhatItDoes() {
        assertEquals(
                List.of(),
                office.api.routes().stream()
                        .filter(route -> route.operation().isEmpty())
                        .map(Route::pattern)
                        .toList(),
                "describe these with Route.as");
        assertEquals(office.api.routes().size(), api.operations().size());
        for (Operation operation : api.operations()) {
            Set<String> answers =
                    new HashSet<>(operation.node().path("responses").propertyNames());
            assertTrue(answers.stream().anyMatch(status -> status.startsWith("2")), operation.id());
            assertTrue(answers.containsAll(Set.of("400", "429", "503", "default")), operation.id());
            for (String field : List.of("operationId", "summary", "description")) {
                assertFalse(operation.node().path(field).asString().isBlank(), operation.id() + field);
            }
        }
    }

    @Test
    void operationsAreNamedOnceAndStandUnderHeadingsThatThereAre() {
        List<String> ids = api.operations().stream().map(Operation::id).toList();
        assertEquals(ids.size(), Set.copyOf(ids).size(), ids.toString());
        Set<String> tags = api.document()
                .path("tags")
                .valueStream()
                .map(tag -> tag.path("name").asString())
                .collect(Collectors.toSet());
        for (Operation operation : api.operations()) {
            assertTrue(tags.contains(operation.node().path("tags").path(0).asString()), operation.id());
        }
        assertFalse(tags.contains("More"), "a path whose first word no Chapter knows");
    }

    @Test
    void everyNameInAPathIsAParameterAndEveryReferenceLeadsSomewhere() {
        for (Operation operation : api.operations()) {
            List<String> described = operation
                    .node()
                    .path("parameters")
                    .valueStream()
                    .filter(each -> each.path("in").asString().equals("path"))
                    .map(each -> each.path("name").asString())
                    .toList();
            Matcher names = Pattern.compile("\\{([a-z_]+)}").matcher(operation.path());
            assertEquals(names.results().map(each -> each.group(1)).toList(), described, operation.id());
        }
        List<String> references = new ArrayList<>();
        collect(api.document(), references);
        assertTrue(references.size() > 100, "only " + references.size());
        for (String reference : references) {
            assertFalse(api.document().at(reference.substring(1)).isMissingNode(), reference);
        }
    }

    private static void collect(JsonNode node, List<String> references) {
        if (node.path("$ref").isString()) {
            references.add(node.path("$ref").asString());
        }
        node.forEach(each -> collect(each, references));
    }

    @Test
    void theSchemasAreSchemas() {
        var meta = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        api.document()
                .path("components")
                .path("schemas")
                .properties()
                .forEach(each -> assertEquals(List.of(), meta.validate(each.getValue()), each.getKey()));
    }

    @Test
    void aBodyIsDescribedAsItIsRead() {
        JsonNode order = api.document().at("/components/schemas/RunOrder");
        assertEquals("[\"prompt\"]", order.path("required").toString());
        assertFalse(order.path("additionalProperties").asBoolean(true));
        assertEquals(
                "{\"type\":\"string\",\"maxLength\":10000,\"format\":\"session-id\","
                        + "\"pattern\":\"^ses_[0-9a-f]{32}$\",\"examples\":[\"ses_0198f2c47a117bb28f4de1c0a9d35e6b\"]}",
                order.at("/properties/session_id").toString());
        assertEquals(
                "{\"type\":\"integer\",\"format\":\"int32\",\"minimum\":1}",
                order.at("/properties/max_steps").toString());
        JsonNode batch = api.document().at("/components/schemas/Batch/properties/requests");
        assertEquals(
                "{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/RunOrder\"},\"minItems\":1,\"maxItems\":50}",
                batch.toString());
    }

    @Test
    void filesAreBytesAndANameOfSeveralSegmentsIsOneParameter() {
        assertEquals(
                List.of("application/json", "application/zip", "application/x-tar", "application/gzip"),
                List.copyOf(api.document()
                        .at("/paths/~1api~1v1~1workspaces/post/requestBody/content")
                        .propertyNames()));
        assertEquals(
                "{\"type\":\"string\",\"format\":\"binary\"}",
                api.document()
                        .at("/paths/~1api~1v1~1sessions~1{id}~1files~1{path}/get/responses/200/content")
                        .at("/application~1octet-stream/schema")
                        .toString());
    }

    @Test
    void scopesAreTold() {
        JsonNode order = api.document().at("/paths/~1api~1v1~1runs/post");
        assertEquals(
                "[{\"bearer\":[]},{\"api_key\":[]}]", order.path("security").toString());
        assertEquals("run", order.path("x-scope").asString());
        JsonNode health = api.document().at("/paths/~1health/get");
        assertEquals("[]", health.path("security").toString());
        assertTrue(health.path("x-scope").isMissingNode());
    }

    @Test
    void thePageRunsItsOwnScriptAndNothingElse() {
        Office.Reply page = nobody.get("/docs");
        assertEquals(200, page.status());
        assertEquals("text/html; charset=utf-8", page.header("Content-Type").orElseThrow());
        String policy = page.header("Content-Security-Policy").orElseThrow();
        assertTrue(policy.startsWith("default-src 'none'; style-src 'sha256-"), policy);
        assertFalse(policy.contains("unsafe"), policy);
        assertFalse(page.body().contains("/*script*/"));
        assertFalse(page.body().contains("://"), "nothing comes from elsewhere");
        assertEquals(200, nobody.send("HEAD", "/openapi.json", "").status());
        assertEquals(404, nobody.get("/docs/nothing").status());
    }

    @Test
    void whatIsNotThereIsAProblemAsDescribed() {
        Office.Reply missing = office.user("ann", Role.USER).get("/nothing");
        assertEquals("application/problem+json", missing.header("Content-Type").orElseThrow());
        assertEquals(404, missing.json().path("status").asInt());
    }
}
