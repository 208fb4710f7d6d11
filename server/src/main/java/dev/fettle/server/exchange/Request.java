package dev.fettle.server.exchange;

import dev.fettle.core.workspace.kept.ArchiveFormat;
import dev.fettle.server.json.WireJson;
import dev.fettle.server.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// A request on its way to its handler.
///
/// @param caller empty until it is known, and on routes that are open to all
public record Request(RequestHead head, Destination destination, Optional<Caller> caller, Body body, Trail trail) {
    /// How many characters a text in a body may have, if its record says nothing else.
    public static final int MAX_TEXT = 10_000;

    private static final Pattern JSON =
            Pattern.compile("application/(json|[a-z0-9.+-]{1,60}\\+json) *(; *charset *= *\"?utf-8\"?)?");

    public Request(RequestHead head, Destination destination, Body body, Trail trail) {
        this(head, destination, Optional.empty(), body, trail);
    }

    public Request by(Caller caller) {
        trail.user(caller.user());
        return new Request(head, destination, Optional.of(caller), body, trail);
    }

    /// What the client wrote in place of `{name}` in the route's pattern.
    public String value(String name) {
        return Objects.requireNonNull(
                destination.values().get(name),
                () -> "The pattern %s has no {%s}".formatted(destination.pattern(), name));
    }

    /// The parameter of the query, decoded; empty if it is not there.
    public Optional<String> parameter(String name) {
        return Query.parameter(head.query(), name);
    }

    /// The archive that the body is said to be; empty if it is something else.
    public Optional<ArchiveFormat> archive() {
        return head.header("Content-Type").flatMap(ArchiveFormat::ofMediaType);
    }

    /// Reads the JSON body into a record; see [WireJson] for what is refused, and how.
    public <T extends Record> T json(Class<T> type) throws InterruptedException {
        if (!JSON.matcher(head.header("Content-Type").orElse("").toLowerCase(Locale.ROOT))
                .matches()) {
            throw new Problem(415, "Send the body as `Content-Type: application/json`, in UTF-8.")
                    .with("Accept", "application/json")
                    .exception();
        }
        return WireJson.read(text(), type, MAX_TEXT);
    }

    /// Decoded here and not by the parser, which would also take UTF-16 and overlook some bad UTF-8.
    private String text() throws InterruptedException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body.read()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Problem(400, "The body is not UTF-8.").exception();
        }
    }
}
