package dev.fettle.server.openapi;

import dev.fettle.server.exchange.Access;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// How one gets in, as the document tells it.
final class Doors {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String BEARER = "bearer";
    private static final String KEY = "api_key";

    private Doors() {}

    static ObjectNode schemes() {
        ObjectNode schemes = JSON.objectNode();
        schemes.putObject(BEARER)
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "`Authorization: Bearer fk_…`");
        schemes.putObject(KEY)
                .put("type", "apiKey")
                .put("in", "header")
                .put("name", "X-API-Key")
                .put("description", "`X-API-Key: fk_…`, as good as the other.");
        return schemes;
    }

    /// One or the other; nothing for what is open.
    static ArrayNode security(Access access) {
        ArrayNode security = JSON.arrayNode();
        if (!(access instanceof Access.Open)) {
            security.addObject().putArray(BEARER);
            security.addObject().putArray(KEY);
        }
        return security;
    }

    /// The scope a key needs. OpenAPI has a place for scopes, but only where they come from OAuth.
    static Optional<String> scope(Access access) {
        return access instanceof Access.Scoped scoped ? Optional.of(scoped.scope()) : Optional.empty();
    }

    static String sentence(Access access) {
        return switch (access) {
            case Access.Open _ -> " Open to all.";
            case Access.SignedIn _ -> " Needs a key.";
            case Access.Scoped scoped -> " Needs a key with the scope `%s`.".formatted(scoped.scope());
        };
    }
}
