package dev.fettle.server.openapi;

import dev.fettle.server.exchange.Access;
import dev.fettle.server.operation.Operation;
import dev.fettle.server.operation.Reply;
import dev.fettle.server.problem.ProblemDocument;
import dev.fettle.server.route.Route;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What comes back, as the document tells it: what a route says it gives, and the problems that follow from
/// what it takes and whom it is for.
final class Answers {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String ELSE = "default";

    private static final Map<Integer, String> USUAL = Map.of(
            400, "The address, a header or the JSON is malformed.",
            401, "No key, or one that does not open.",
            403, "The key may not do this.",
            404, "There is no such thing, or it is another's.",
            409, "Not as things stand, or a request with this `Idempotency-Key` is under way.",
            413, "The body is too large.",
            415, "The body is not `application/json` in UTF-8, or packed in another way than `gzip`.",
            422, "The body does not fit; `errors` tells where. Or the `Idempotency-Key` came with another request.",
            429, "Too many requests, or too many runs that wait; see `Retry-After`.",
            503, "The database is away, or the server stops; see `Retry-After`.");

    private final Schemas schemas;
    private final TreeSet<Integer> used = new TreeSet<>();

    Answers(Schemas schemas) {
        this.schemas = schemas;
    }

    ObjectNode of(Route route) {
        Operation said = route.operation().orElseThrow();
        TreeMap<String, ObjectNode> byStatus = new TreeMap<>();
        said.replies().forEach(reply -> byStatus.merge(Integer.toString(reply.status()), reply(reply), Answers::both));
        problems(route, said).forEach((status, why) -> {
            String key = Integer.toString(status);
            boolean isUsual = !byStatus.containsKey(key) && why.equals(USUAL.get(status));
            byStatus.merge(key, isUsual ? reference(status) : problem(why), Answers::both);
        });
        ObjectNode responses = JSON.objectNode();
        byStatus.forEach(responses::set);
        responses.putObject(ELSE).put("$ref", "#/components/responses/Problem");
        return responses;
    }

    private static Map<Integer, String> problems(Route route, Operation said) {
        boolean isPost = route.method().equals("POST");
        boolean isOpen = route.access() instanceof Access.Open;
        TreeMap<Integer, String> problems = new TreeMap<>();
        usual(problems, 400, true);
        usual(problems, 401, !isOpen);
        usual(problems, 403, route.access() instanceof Access.Scoped);
        usual(problems, 404, route.pattern().contains("{"));
        usual(problems, 409, isPost && !isOpen);
        for (int status : new int[] {413, 415, 422}) {
            usual(problems, status, said.body().isPresent() || isPost);
        }
        usual(problems, 429, true);
        usual(problems, 503, true);
        problems.putAll(said.refusals());
        return problems;
    }

    private static void usual(Map<Integer, String> problems, int status, boolean isPossible) {
        if (isPossible) {
            problems.put(status, USUAL.getOrDefault(status, ""));
        }
    }

    private ObjectNode reference(int status) {
        used.add(status);
        return JSON.objectNode().put("$ref", "#/components/responses/Problem" + status);
    }

    private ObjectNode problem(String why) {
        ObjectNode node = described(why);
        node.putObject("content")
                .putObject("application/problem+json")
                .set("schema", schemas.answer(ProblemDocument.class));
        return node;
    }

    private static ObjectNode described(String says) {
        ObjectNode node = JSON.objectNode().put("description", says);
        node.putObject("headers").putObject("X-Request-Id").put("$ref", "#/components/headers/RequestId");
        return node;
    }

    private ObjectNode reply(Reply reply) {
        ObjectNode node = described(reply.says());
        reply.headers()
                .forEach((name, says) -> node.withObject("/headers")
                        .putObject(name)
                        .put("description", says)
                        .putObject("schema")
                        .put("type", "string"));
        switch (reply.content()) {
            case Reply.Content.Nothing _ -> {}
            case Reply.Content.Json json ->
                node.putObject("content").putObject("application/json").set("schema", schemas.answer(json.type()));
            case Reply.Content.File file ->
                node.putObject("content").putObject(file.type()).set("schema", Schemas.file());
            case Reply.Content.Text text ->
                node.putObject("content")
                        .putObject(text.type())
                        .putObject("schema")
                        .put("type", text.type().endsWith("/json") ? "object" : "string");
        }
        return node;
    }

    /// One status that may come with the one or the other.
    private static ObjectNode both(ObjectNode first, ObjectNode second) {
        first.put(
                "description",
                first.path("description").asString() + " Or: "
                        + second.path("description").asString());
        if (second.get("content") instanceof ObjectNode more) {
            first.withObject("/content").setAll(more);
        }
        return first;
    }

    /// What the answers referred to.
    void components(ObjectNode components) {
        ObjectNode headers = components.putObject("headers");
        headers.putObject("RequestId")
                .put("description", "By which the operator finds the request in the log.")
                .putObject("schema")
                .put("type", "string");
        ObjectNode responses = components.putObject("responses");
        used.forEach(status -> responses.set("Problem" + status, problem(USUAL.getOrDefault(status, ""))));
        responses.set("Problem", problem("Whatever else goes wrong."));
    }
}
