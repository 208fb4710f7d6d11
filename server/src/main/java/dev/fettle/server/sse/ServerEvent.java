package dev.fettle.server.sse;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One event as `text/event-stream` has it (WHATWG HTML §9.2).
///
/// @param id what the client says as `Last-Event-ID` when it comes back; empty for what need not be
///     repeated
/// @param data any text; what is longer than a line is sent as several `data:` lines
public record ServerEvent(Optional<String> id, String name, String data) {
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,128}");
    private static final Pattern NAME = Pattern.compile("[a-z0-9_.-]{1,64}");
    private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");

    public ServerEvent {
        if (!id.map(each -> ID.matcher(each).matches()).orElse(true)
                || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("An event's id and name are single words: %s `%s`".formatted(id, name));
        }
    }

    public ServerEvent(String id, String name, String data) {
        this(Optional.of(id), name, data);
    }

    String text() {
        return id.map("id: %s\n"::formatted).orElse("")
                + "event: " + name + "\n"
                + LINE_END.splitAsStream(data + "\n")
                        .map("data: %s\n"::formatted)
                        .collect(Collectors.joining())
                + "\n";
    }
}
