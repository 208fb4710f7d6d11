package dev.fettle.server.gate;

import dev.fettle.server.exchange.Access;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Caller;
import dev.fettle.server.exchange.Handler;
import dev.fettle.server.exchange.Request;
import dev.fettle.server.problem.Problem;

/// Lets pass whom the route is for, with the caller on the request; 401 for the unknown, 403 for those
/// without the scope.
public final class Authentication implements Handler {
    private static final String CHALLENGE = "Bearer realm=\"fettle\"";

    private final Authenticator authenticator;
    private final Handler next;

    public Authentication(Authenticator authenticator, Handler next) {
        this.authenticator = authenticator;
        this.next = next;
    }

    @Override
    public Answer answer(Request request) throws InterruptedException {
        return switch (request.destination().access()) {
            case Access.Open _ -> next.answer(request);
            case Access.SignedIn _ -> next.answer(request.by(caller(request)));
            case Access.Scoped scoped -> {
                Caller caller = caller(request);
                Request known = request.by(caller);
                if (!caller.scopes().contains(scoped.scope())) {
                    throw new Problem(403, "Your key lacks the scope `%s`.".formatted(scoped.scope()))
                            .with(
                                    "WWW-Authenticate",
                                    CHALLENGE + ", error=\"insufficient_scope\", scope=\"" + scoped.scope() + "\"")
                            .exception();
                }
                yield next.answer(known);
            }
        };
    }

    private Caller caller(Request request) {
        return authenticator
                .authenticate(request.head())
                .orElseThrow(() -> request.head().has("Authorization")
                        ? new Problem(401, "This key or token is not valid.")
                                .with("WWW-Authenticate", CHALLENGE + ", error=\"invalid_token\"")
                                .exception()
                        : new Problem(401, "Say who you are: send `Authorization: Bearer` and your key.")
                                .with("WWW-Authenticate", CHALLENGE)
                                .exception());
    }
}
