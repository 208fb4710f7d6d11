package dev.fettle.server.exchange;

import dev.fettle.core.workspace.kept.ArchiveFormat;
import dev.fettle.server.json.TextRules;
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
/// @param texts what the texts in its body may be
public record Request(
        RequestHead head, Destination destination, Optional<Caller> caller, Body body, Trail trail, TextRules texts) {
    private static final Pattern JSON =
            Pattern.compile("application/(json|[a-z0-9.+-]{1,60}\\+json) *(; *charset *= *\"?utf-8\"?)?");

    public Request(RequestHead head, Destination destination, Body body, Trail trail) {
        this(head, destination, Optional.empty(), body, trail, TextRules.DEFAULT);
    }

    public Request by(Caller caller) {
        trail.user(caller.user());
        return new Request(head, destination, Optional.of(caller), body, trail, texts);
    }

    /// The same with another body, or one that was read already.
    public Request with(Body other) {
        return new Request(head, destination, caller, other, trail, texts);
    }

    public Request with(TextRules rules) {
        return new Request(head, destination, caller, body, trail, rules);
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
        return WireJson.read(text(), type, texts);
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
