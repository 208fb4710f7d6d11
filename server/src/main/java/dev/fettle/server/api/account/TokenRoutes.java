package dev.fettle.server.api.account;

import dev.fettle.core.audit.Audit;
import dev.fettle.core.user.KeyScope;
import dev.fettle.core.user.Keys;
import dev.fettle.server.api.guard.Presented;
import dev.fettle.server.exchange.Access;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Request;
import dev.fettle.server.operation.Operation;
import dev.fettle.server.problem.Problem;
import dev.fettle.server.route.Route;
import dev.fettle.server.token.OwnTokens;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Gives tokens for keys: what is good for an hour is lost with less harm than what is good until it is revoked. A
/// token gets no other one, or it would be good for ever.
public record TokenRoutes(Optional<OwnTokens> tokens, Keys keys, Audit audit) {

    /// @param scopes fewer than those of the key, if it is to open less
    record Order(Optional<List<String>> scopes) {}

    /// As RFC 6749 §5.1 has it.
    ///
    /// @param expiresIn seconds
    record Granted(String accessToken, String tokenType, long expiresIn, String scope) {}

    public List<Route> list() {
        return List.of(Route.post("/api/v1/token", new Access.SignedIn(), this::give)
                .as(Operation.of(
                                "give_token",
                                "Get a token",
                                "For a key that is sent, a token that opens the same or less, for a while.")
                        .mayTake(Order.class)
                        .gives(200, "The token.", Granted.class)
                        .refuses(501, "This service gives no tokens.")));
    }

    private Answer give(Request request) throws InterruptedException {
        OwnTokens own = tokens.orElseThrow(
                () -> new Problem(501, "This service gives no tokens; its operator can set SECRET_KEY.").exception());
        Keys.Caller caller = Presented.by(request.head())
                .flatMap(keys::authenticate)
                .orElseThrow(() -> new Problem(403, "A token gets no other token; send your key.").exception());
        Set<KeyScope> scopes = scopes(request, caller);
        audit.append(caller.user().id(), "token.give", caller.key().id(), OwnTokens.words(scopes));
        OwnTokens.Given given = own.give(caller, scopes);
        return Answer.json(new Granted(given.token(), "Bearer", given.life().toSeconds(), OwnTokens.words(scopes)))
                .with("Cache-Control", "no-store");
    }

    private static Set<KeyScope> scopes(Request request, Keys.Caller caller) throws InterruptedException {
        Set<KeyScope> all = Arrays.stream(KeyScope.values()).filter(caller::may).collect(Collectors.toSet());
        Optional<List<String>> wanted =
                request.head().has("Content-Type") ? request.json(Order.class).scopes() : Optional.empty();
        Set<KeyScope> scopes = wanted.map(Scopes::of).orElse(all);
        if (scopes.isEmpty()) {
            throw new Problem(422, "A token without a scope opens nothing; leave `scopes` out for all.").exception();
        }
        if (!all.containsAll(scopes)) {
            throw new Problem(403, "Your key opens only: %s.".formatted(OwnTokens.words(all))).exception();
        }
        return scopes;
    }
}
