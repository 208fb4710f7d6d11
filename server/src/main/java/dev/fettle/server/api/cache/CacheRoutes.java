package dev.fettle.server.api.cache;

import dev.fettle.core.audit.Audit;
import dev.fettle.core.cache.Cache;
import dev.fettle.core.user.User;
import dev.fettle.core.user.Users;
import dev.fettle.server.api.chat.ChatRoutes;
import dev.fettle.server.api.guard.Visible;
import dev.fettle.server.exchange.Access;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Request;
import dev.fettle.server.json.Form;
import dev.fettle.server.json.TextForm;
import dev.fettle.server.json.Within;
import dev.fettle.server.operation.Operation;
import dev.fettle.server.operation.Parameter;
import dev.fettle.server.operation.Reply;
import dev.fettle.server.problem.Problem;
import dev.fettle.server.route.Route;
import java.util.List;
import java.util.Optional;

/// The answers that are kept: how they are used, forgotten, and made beforehand.
public final class CacheRoutes {
    private final Cache cache;
    private final ChatRoutes chat;
    private final WarmUp warmUp;
    private final Users users;
    private final Audit audit;

    public CacheRoutes(Cache cache, ChatRoutes chat, Users users, Audit audit) {
        this.cache = cache;
        this.chat = chat;
        this.warmUp = new WarmUp(chat);
        this.users = users;
        this.audit = audit;
    }

    /// @param entries where they can be counted
    record Layer(String name, boolean available, long hits, long misses, Optional<Long> entries) {
        static Layer of(Cache.Layer layer) {
            return new Layer(
                    layer.name(),
                    layer.trouble().isEmpty(),
                    layer.hits(),
                    layer.misses(),
                    layer.entries().stream().boxed().findFirst());
        }
    }

    /// @param answers whether answers are kept at all
    record Use(boolean answers, List<Layer> layers) {}

    record Questions(
            @Form(TextForm.SAID) @Within(least = 1, most = 50)
            List<String> messages) {}

    record Begun(int messages) {}

    public List<Route> list() {
        Access admin = new Access.Scoped("admin");
        return List.of(
                Route.get("/api/v1/cache", admin, _ -> statistics())
                        .as(Operation.of(
                                        "get_cache",
                                        "How the cache is used",
                                        "By this process, since it started; the layer that is asked first comes first.")
                                .gives(200, "The numbers.", Use.class)),
                Route.delete("/api/v1/cache", admin, this::forget)
                        .as(Operation.of(
                                        "clear_cache",
                                        "Forget what is kept",
                                        "All of it, or a user's. Other processes do so within a second.")
                                .with(Parameter.query("user", TextForm.USER, "Whose, by id or name."))
                                .gives(Reply.empty(204, "It is forgotten."))
                                .refuses(404, "There is no such user.")),
                Route.post("/api/v1/cache/warm", new Access.Scoped("run"), this::warm)
                        .as(Operation.of(
                                        "warm_cache",
                                        "Have answers made beforehand",
                                        "Asks each message as `POST /chat` by the caller would, one after the other in the"
                                                + " background. Those whose answers are kept already cost nothing.")
                                .takes(Questions.class)
                                .gives(202, "They are being asked.", Begun.class)
                                .refuses(
                                        409, "No answers are kept here, or the caller's last are still being asked.")));
    }

    private Answer statistics() {
        return Answer.json(
                new Use(chat.keeps(), cache.layers().stream().map(Layer::of).toList()));
    }

    private Answer forget(Request request) {
        Optional<User> user = request.parameter("user")
                .map(named ->
                        users.find(named).orElseThrow(() -> new Problem(404, "There is no such user.").exception()));
        audit.append(
                Visible.caller(request).user(),
                "cache.clear",
                user.map(User::id).orElse("*"),
                "");
        user.map(User::id).ifPresentOrElse(cache::invalidate, cache::invalidateAll);
        return Answer.empty(204);
    }

    private Answer warm(Request request) throws InterruptedException {
        List<String> messages = request.json(Questions.class).messages();
        if (!chat.keeps()) {
            throw new Problem(409, "No answers are kept here; set CHAT_CACHE for that.").exception();
        }
        if (!warmUp.begin(Visible.caller(request), messages)) {
            throw new Problem(409, "What you sent last is still being asked.").exception();
        }
        return Answer.json(202, new Begun(messages.size()));
    }
}
