package dev.fettle.server.api.account;

import dev.fettle.core.audit.Audit;
import dev.fettle.core.user.ApiKey;
import dev.fettle.core.user.KeyScope;
import dev.fettle.core.user.Keys;
import dev.fettle.core.user.User;
import dev.fettle.core.user.Users;
import dev.fettle.server.api.guard.Visible;
import dev.fettle.server.exchange.Access;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Request;
import dev.fettle.server.json.Form;
import dev.fettle.server.json.MaxLength;
import dev.fettle.server.json.TextForm;
import dev.fettle.server.json.Within;
import dev.fettle.server.operation.Operation;
import dev.fettle.server.operation.Parameter;
import dev.fettle.server.operation.Reply;
import dev.fettle.server.problem.Problem;
import dev.fettle.server.route.Route;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The keys of users; for administrators.
///
/// @param changed told when a key was revoked, so that it counts at once
public record KeyRoutes(Keys keys, Users users, Audit audit, Runnable changed) {

    /// @param user whom it lets in, by id or name; whoever asks, if nobody is named
    /// @param scopes `read`, `run`, `admin`; the first two, if nothing is said
    record Order(
            @MaxLength(100) @Form(TextForm.SAID) String label,
            @Form(TextForm.USER) Optional<String> user,
            @Form(TextForm.SCOPE) @Within(least = 1) Optional<List<String>> scopes,
            @Form(TextForm.TIME) Optional<String> expiresAt) {}

    record View(
            @Form(TextForm.KEY_ID) String keyId,
            @Form(TextForm.USER_ID) String userId,
            String label,
            @Form(TextForm.SCOPE) List<String> scopes,
            @Form(TextForm.TIME) String createdAt,
            @Form(TextForm.TIME) Optional<String> expiresAt,
            @Form(TextForm.TIME) Optional<String> lastUsedAt,
            boolean revoked) {
        static View of(ApiKey key) {
            return new View(
                    key.id(),
                    key.user(),
                    key.label(),
                    key.scopes().stream().map(KeyScope::word).sorted().toList(),
                    key.createdAt().toString(),
                    key.expiresAt().map(Instant::toString),
                    key.lastUsedAt().map(Instant::toString),
                    key.isRevoked());
        }
    }

    /// @param secret what opens, never shown again
    record Created(View key, String secret) {}

    record KeyList(List<View> keys) {}

    public List<Route> list() {
        Access admin = new Access.Scoped("admin");
        return List.of(
                Route.get("/api/v1/keys", admin, this::all)
                        .as(Operation.of("list_keys", "List keys", "One's own, or another user's; never what opens.")
                                .with(Parameter.query("user", TextForm.USER, "Whose, by id or name."))
                                .gives(200, "The keys.", KeyList.class)
                                .refuses(404, "There is no such user.")),
                Route.post("/api/v1/keys", admin, this::create)
                        .as(Operation.of("create_key", "Make a key", "Its `secret` is shown only now.")
                                .takes(Order.class)
                                .gives(201, "The key and its secret.", Created.class)
                                .refuses(404, "There is no such user.")),
                Route.delete("/api/v1/keys/{id}", admin, this::revoke)
                        .as(Operation.of("revoke_key", "Revoke a key", "It opens nothing any more.")
                                .with(Parameter.path("id", TextForm.KEY_ID, "The key."))
                                .gives(Reply.empty(204, "It is revoked."))));
    }

    private User user(Request request, Optional<String> named) {
        return users.find(named.orElse(Visible.caller(request).user()))
                .orElseThrow(() -> new Problem(404, "There is no such user.").exception());
    }

    private Answer all(Request request) {
        User user = user(request, request.parameter("user"));
        return Answer.json(
                new KeyList(keys.list(user.id()).stream().map(View::of).toList()));
    }

    private Answer create(Request request) throws InterruptedException {
        Order order = request.json(Order.class);
        User user = user(request, order.user());
        Set<KeyScope> scopes = Scopes.of(order.scopes().orElse(List.of("read", "run")));
        Optional<Instant> end = order.expiresAt().map(KeyRoutes::instant);
        try {
            Keys.Order checked = new Keys.Order(user.id(), order.label(), scopes, end);
            audit.append(Visible.caller(request).user(), "key.create", user.id(), order.label());
            Keys.Created created = keys.create(checked);
            return Answer.json(
                            201,
                            new Created(View.of(created.key()), created.secret().reveal()))
                    .with("Cache-Control", "no-store");
        } catch (IllegalArgumentException e) {
            throw new Problem(422, e.getMessage() == null ? "This key cannot be." : e.getMessage()).exception();
        }
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new Problem(422, "`expires_at` is a time in UTC, as 2027-01-31T00:00:00Z.").exception();
        }
    }

    private Answer revoke(Request request) {
        String id = request.value("id");
        ApiKey key = users.list().stream()
                .flatMap(user -> keys.list(user.id()).stream())
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Problem(404, "There is no such key.").exception());
        audit.append(Visible.caller(request).user(), "key.revoke", key.id(), "");
        keys.revoke(key.user(), key.id());
        changed.run();
        return Answer.empty(204);
    }
}
