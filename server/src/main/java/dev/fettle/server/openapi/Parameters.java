package dev.fettle.server.openapi;

import dev.fettle.server.exchange.Access;
import dev.fettle.server.operation.Operation;
import dev.fettle.server.operation.Parameter;
import dev.fettle.server.operation.Parameter.Kind;
import dev.fettle.server.operation.Parameter.Place;
import dev.fettle.server.route.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a request may carry besides its body, as the document tells it.
final class Parameters {
    private static final Pattern NAME = Pattern.compile("\\{([a-z_]+)(?:\\.\\.\\.)?}");
    private static final int LONGEST = 255;
    /// Control characters are taken nowhere but in bodies.
    private static final String ONE_LINE = "^[^\\u0000-\\u001f\\u007f-\\u009f]*$";

    private static final Parameter IDEMPOTENCY = Parameter.header(
            "Idempotency-Key",
            new Kind.Text(LONGEST),
            "Who sends the same request again with the same key within 24 hours gets the first answer.");

    private Parameters() {}

    static ArrayNode of(Route route) {
        ArrayNode parameters = JsonNodeFactory.instance.arrayNode();
        all(route).forEach(each -> parameters.add(node(each)));
        return parameters;
    }

    private static List<Parameter> all(Route route) {
        List<Parameter> said = route.operation().map(Operation::parameters).orElse(List.of());
        List<Parameter> all = new ArrayList<>();
        Matcher names = NAME.matcher(route.pattern());
        while (names.find()) {
            String name = names.group(1);
            if (said.stream()
                    .noneMatch(each -> each.place() == Place.PATH && each.name().equals(name))) {
                all.add(new Parameter(Place.PATH, name, "Which one.", new Kind.Text(LONGEST)));
            }
        }
        all.addAll(said);
        if (route.method().equals("POST") && !(route.access() instanceof Access.Open)) {
            all.add(IDEMPOTENCY);
        }
        return all;
    }

    private static ObjectNode node(Parameter parameter) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", parameter.name());
        node.put("in", parameter.place().name().toLowerCase(Locale.ROOT));
        node.put("description", parameter.says());
        node.put("required", parameter.place() == Place.PATH);
        ObjectNode schema = node.putObject("schema");
        switch (parameter.kind()) {
            case Kind.Text text ->
                schema.put("type", "string")
                        .put("minLength", 1)
                        .put("maxLength", text.most())
                        .put("pattern", ONE_LINE);
            case Kind.Formed formed -> Schemas.form(schema.put("type", "string"), formed.form());
            case Kind.Whole whole ->
                schema.put("type", "integer")
                        .put("format", "int32")
                        .put("minimum", whole.least())
                        .put("maximum", whole.most())
                        .put("default", whole.usual());
            case Kind.Words words ->
                words.words().forEach(schema.put("type", "string").putArray("enum")::add);
        }
        return node;
    }
}
