package dev.fettle.server.openapi;

import dev.fettle.server.json.TextRules;
import dev.fettle.server.operation.Operation;
import dev.fettle.server.route.Route;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The OpenAPI 3.1 document of some routes.
final class OpenApi {
    private static final String ABOUT = """
            Fettle's agents over HTTP. Requests and answers are JSON with `snake_case` names, times are RFC 3339 in UTC,
            money is US dollars as a decimal text. Whatever goes wrong is a problem document (RFC 9457) with the
            `request_id` that the operator finds in the log. Fields that are not known are refused in requests; answers
            may get more fields in time. Where there is a `GET` there is a `HEAD`, and `OPTIONS` tells what an address
            takes.""";

    private final Schemas schemas;
    private final Answers answers;
    private final ObjectNode document = JsonNodeFactory.instance.objectNode();

    private OpenApi(TextRules texts) {
        schemas = new Schemas(texts);
        answers = new Answers(schemas);
    }

    /// The document.
    ///
    /// @param texts what they may be here
    /// @throws IllegalStateException if a route says nothing of itself
    static ObjectNode of(List<Route> routes, TextRules texts) {
        List<String> silent = routes.stream()
                .filter(route -> route.operation().isEmpty())
                .map(route -> route.method() + " " + route.pattern())
                .toList();
        if (!silent.isEmpty()) {
            throw new IllegalStateException("These routes say nothing of themselves: " + silent);
        }
        OpenApi openApi = new OpenApi(texts);
        openApi.write(routes);
        return openApi.document;
    }

    private void write(List<Route> routes) {
        routes.forEach(route -> said(route).body().ifPresent(body -> schemas.body(body.type())));
        document.put("openapi", "3.1.0");
        ObjectNode info = document.putObject("info");
        info.put("title", "Fettle").put("version", "1").put("description", ABOUT.replace('\n', ' '));
        info.putObject("contact").put("name", "Whoever runs this server");
        info.putObject("license").put("name", "Apache License 2.0").put("identifier", "Apache-2.0");
        document.putArray("servers").addObject().put("url", "/").put("description", "This server");
        tags(routes);
        paths(routes);
        ObjectNode components = document.putObject("components");
        components.set("securitySchemes", Doors.schemes());
        answers.components(components);
        ObjectNode named = components.putObject("schemas");
        schemas.all().forEach(named::set);
    }

    private static Operation said(Route route) {
        return route.operation().orElseThrow();
    }

    private void tags(List<Route> routes) {
        ArrayNode tags = document.putArray("tags");
        routes.stream()
                .map(route -> Chapter.of(route.pattern()))
                .distinct()
                .sorted()
                .forEach(each -> tags.addObject().put("name", each.title()).put("description", each.says()));
    }

    private void paths(List<Route> routes) {
        ObjectNode paths = document.putObject("paths");
        Map<String, List<Route>> byPattern = routes.stream()
                .sorted(Comparator.comparing(route -> Chapter.of(route.pattern())))
                .collect(Collectors.groupingBy(Route::pattern, LinkedHashMap::new, Collectors.toList()));
        byPattern.forEach((pattern, same) -> {
            // OpenAPI knows no name for several segments; their slashes may come encoded, as in other names.
            ObjectNode path = paths.putObject(pattern.replace("...}", "}"));
            same.forEach(route -> operation(path.putObject(route.method().toLowerCase(Locale.ROOT)), route));
        });
    }

    private void operation(ObjectNode node, Route route) {
        Operation said = said(route);
        node.put("operationId", said.id());
        node.put("summary", said.summary());
        node.put("description", said.description() + Doors.sentence(route.access()));
        node.putArray("tags").add(Chapter.of(route.pattern()).title());
        node.set("security", Doors.security(route.access()));
        Doors.scope(route.access()).ifPresent(scope -> node.put("x-scope", scope));
        ArrayNode parameters = Parameters.of(route);
        if (!parameters.isEmpty()) {
            node.set("parameters", parameters);
        }
        said.body().ifPresent(body -> {
            ObjectNode taken = node.putObject("requestBody").put("required", body.isNeeded());
            ObjectNode content = taken.putObject("content");
            content.putObject("application/json").set("schema", schemas.body(body.type()));
            body.others().forEach(type -> content.putObject(type).set("schema", Schemas.file()));
        });
        node.set("responses", answers.of(route));
    }
}
