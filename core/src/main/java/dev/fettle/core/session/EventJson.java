package dev.fettle.core.session;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.MutableConfigOverride;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The persisted and printed form of events: one JSON object each, `snake_case`, told apart by `type`. Golden
/// files pin it.
///
/// Older lines may lack a field that came later: then a text, list or map is empty, a number zero, an
/// `Optional` empty. Any other object has to be there; a field that came later is one of the kinds above.
/// Fields this version does not know are ignored.
public final class EventJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            // Only what a record is made of; an `isError()` would otherwise become a field of the log.
            .changeDefaultVisibility(visible -> visible.withIsGetterVisibility(Visibility.NONE))
            .withConfigOverride(String.class, EventJson::emptyIfAbsent)
            .withConfigOverride(List.class, EventJson::emptyIfAbsent)
            .withConfigOverride(Map.class, EventJson::emptyIfAbsent)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            // The iteration order of an immutable map differs from process to process.
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private EventJson() {}

    private static void emptyIfAbsent(MutableConfigOverride type) {
        type.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
    }

    public static String write(Event event) {
        return MAPPER.writerFor(Event.class).writeValueAsString(event);
    }

    /// The event a JSON object stands for.
    ///
    /// @throws tools.jackson.core.JacksonException if it is not an event this version knows
    public static Event read(String json) {
        Event event = MAPPER.readValue(json, Event.class);
        if (event == null) {
            throw MismatchedInputException.from((JsonParser) null, Event.class, "`null` is not an event");
        }
        return event;
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
