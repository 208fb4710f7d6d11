package dev.fettle.server.api.guard;

import dev.fettle.server.exchange.RequestHead;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a request shows to be let in: `Authorization: Bearer …` or `X-API-Key: …`.
public final class Presented {
    private static final Pattern BEARER = Pattern.compile("(?i:Bearer) +(\\S+)");

    private Presented() {}

    /// Two of them in one request have no meaning, unless they are the same.
    public static Optional<String> by(RequestHead head) {
        Optional<String> bearer = head.header("Authorization")
                .map(BEARER::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1));
        Optional<String> plain = head.header("X-API-Key");
        if (bearer.isPresent() && plain.isPresent() && !bearer.equals(plain)) {
            return Optional.empty();
        }
        return bearer.or(() -> plain);
    }
}
