package dev.fettle.core.session;

import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The persisted and printed form of events: one JSON object each, `snake_case`, told apart by `type`. Golden
/// files pin it.
public final class EventJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private EventJson() {}

    public static String write(Event event) {
        return MAPPER.writerFor(Event.class).writeValueAsString(event);
    }

    /// The event a JSON object stands for.
    ///
    /// @throws tools.jackson.core.JacksonException if it is not an event this version knows
    public static Event read(String json) {
        return MAPPER.readValue(json, Event.class);
    }

    /// One line: the event with its `seq` and time (RFC 3339 UTC) in front.
    public static String writeEntry(LogEntry entry) {
        ObjectNode line = MAPPER.createObjectNode()
                .put("seq", entry.seq())
                .put("at", entry.at().toString());
        line.setAll((ObjectNode) MAPPER.readTree(write(entry.event())));
        return line.toString();
    }
}
