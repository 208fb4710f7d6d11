package dev.fettle.testkit.openapi;

import dev.fettle.testkit.openapi.ApiDescription.Operation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Makes requests for an operation: such as the description allows, and such as it does not.
final class Requests {
    /// Spells what UTF-8 cannot say.
    private static final JsonMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static final Pattern RAW_NUMBER = Pattern.compile("\"\\\\u0001raw ([^\"]*)\"");

    private static final String JSON = "application/json";

    private final ApiDescription api;
    private final Values values;
    private final RandomGenerator random;

    Requests(ApiDescription api, Values values, RandomGenerator random) {
        this.api = api;
        this.values = values;
        this.random = random;
    }

    /// A request.
    ///
    /// @param target path and query, encoded
    /// @param isSound whether the description allows it
    record Made(String method, String target, Map<String, String> headers, Optional<String> body, boolean isSound) {
        @Override
        public String toString() {
            return "%s %s %s %s".formatted(method, target, headers, body.orElse(""));
        }
    }

    private enum Flaw {
        NONE,
        PARAMETER,
        BODY
    }

    Made sound(Operation operation) {
        return made(operation, Flaw.NONE);
    }

    Made spoilt(Operation operation) {
        boolean hasBody = operation.node().has("requestBody");
        return made(operation, hasBody && random.nextInt(3) > 0 ? Flaw.BODY : Flaw.PARAMETER);
    }

    private Made made(Operation operation, Flaw flaw) {
        List<JsonNode> parameters = new ArrayList<>();
        operation.node().path("parameters").forEach(parameters::add);
        int flawed = flaw == Flaw.PARAMETER && !parameters.isEmpty() ? random.nextInt(parameters.size()) : -1;
        String path = operation.path();
        List<String> query = new ArrayList<>();
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            JsonNode parameter = api.resolved(parameters.get(i));
            if (i != flawed && !parameter.path("required").asBoolean() && random.nextInt(3) > 0) {
                continue;
            }
            String name = parameter.path("name").asString();
            String value = i == flawed
                    ? values.oddText()
                    : values.valid(parameter.path("schema")).asString();
            switch (parameter.path("in").asString()) {
                case "path" -> path = path.replace("{" + name + "}", segment(value));
                case "query" -> {
                    query.add(name + "=" + encoded(value));
                    if (i == flawed && random.nextInt(8) == 0) {
                        query.add(name + "=%ff");
                    }
                }
                default -> headers.put(name, printable(value));
            }
        }
        String type = contentType(operation);
        Optional<String> body = body(operation, type, flaw);
        if (body.isPresent()) {
            boolean isOdd = flaw == Flaw.BODY && random.nextInt(12) == 0;
            headers.put("Content-Type", isOdd ? "text/plain" : type);
        }
        String target = path + (query.isEmpty() ? "" : "?" + String.join("&", query));
        return new Made(operation.method(), target, headers, body, flaw == Flaw.NONE);
    }

    /// JSON mostly, even where a file is taken too.
    private String contentType(Operation operation) {
        List<String> types = new ArrayList<>(
                operation.node().path("requestBody").path("content").propertyNames());
        return types.size() < 2 || random.nextBoolean() ? JSON : types.get(random.nextInt(types.size()));
    }

    private Optional<String> body(Operation operation, String type, Flaw flaw) {
        JsonNode taken = operation.node().path("requestBody");
        boolean isLeftOut = flaw != Flaw.BODY && !taken.path("required").asBoolean() && random.nextInt(3) == 0;
        if (taken.isMissingNode() || isLeftOut) {
            return Optional.empty();
        }
        JsonNode value = values.valid(taken.path("content").path(type).path("schema"));
        if (!type.equals(JSON)) {
            return Optional.of(value.asString());
        }
        return Optional.of(flaw == Flaw.BODY ? spoilt(value) : value.toString());
    }

    private String spoilt(JsonNode value) {
        String json = RAW_NUMBER
                .matcher(ASCII.writeValueAsString(values.spoilt(value)))
                .replaceAll("$1");
        return switch (random.nextInt(14)) {
            case 0 -> json.substring(0, json.length() / 2);
            case 1 -> json + json;
            case 2 -> "[".repeat(70) + "]".repeat(70);
            case 3 -> json.replaceFirst("^\\{\"", "{\"a\":1,\"a\":2,\"");
            default -> json;
        };
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value.substring(0, Math.min(value.length(), 600)), StandardCharsets.UTF_8);
    }

    /// In a path, a plus is a plus; and nothing at all would be another path.
    private static String segment(String value) {
        String segment = encoded(value).replace("+", "%20");
        return segment.isEmpty() || segment.equals(".") || segment.equals("..") ? "x" : segment;
    }

    /// What a client can put into a header.
    private static String printable(String value) {
        return value.replaceAll("[^\\x20-\\x7e]", "?").strip();
    }
}
