package dev.fettle.server.exchange;

import dev.fettle.server.json.WireJson;
import dev.fettle.server.problem.Problem;
import dev.fettle.server.problem.ProblemDocument;
import dev.fettle.server.sse.EventSource;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What goes back.
///
/// @param headers may only hold what cannot be taken for the end of a header
public record Answer(int status, Map<String, String> headers, Content content) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e]*");

    public Answer {
        Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, value) -> {
            if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
                throw new IllegalArgumentException("Not a header that can be sent: `%s`".formatted(name));
            }
            sorted.put(name, value);
        });
        headers = Collections.unmodifiableMap(sorted);
    }

    /// A value as JSON.
    ///
    /// @param value a record, list or map; its names become `snake_case`
    public static Answer json(int status, Object value) {
        return new Answer(status, Map.of(), new Content.Text("application/json", WireJson.write(value)));
    }

    public static Answer json(Object value) {
        return json(200, value);
    }

    public static Answer empty(int status) {
        return new Answer(status, Map.of(), new Content.Nothing());
    }

    public static Answer text(String type, String text) {
        return new Answer(200, Map.of(), new Content.Text(type, text));
    }

    /// An answer that is written as it is made; it must have found out before that there is something to write.
    public static Answer stream(String type, Content.Writing writing) {
        return new Answer(200, Map.of(), new Content.Stream(type, writing));
    }

    public static Answer events(EventSource source) {
        return new Answer(200, Map.of("X-Accel-Buffering", "no"), new Content.Events(source));
    }

    /// The problem as a document, naming the request it is about.
    public static Answer of(Problem problem, String requestId) {
        return new Answer(
                problem.status(),
                problem.headers(),
                new Content.Text("application/problem+json", WireJson.write(ProblemDocument.of(problem, requestId))));
    }

    public Answer with(String name, String value) {
        Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.put(name, value);
        return new Answer(status, more, content);
    }

    /// Adds those headers of which the answer has none of its own.
    public Answer withDefaults(Map<String, String> defaults) {
        Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        defaults.forEach(more::putIfAbsent);
        return new Answer(status, more, content);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
