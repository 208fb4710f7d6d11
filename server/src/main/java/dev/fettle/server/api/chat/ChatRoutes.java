package dev.fettle.server.api.chat;

import dev.fettle.core.run.Run;
import dev.fettle.core.session.Session;
import dev.fettle.server.api.guard.Visible;
import dev.fettle.server.api.run.RunDesk;
import dev.fettle.server.api.run.RunOrder;
import dev.fettle.server.api.run.RunWait;
import dev.fettle.server.exchange.Access;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Request;
import dev.fettle.server.json.MaxLength;
import dev.fettle.server.route.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// Conversations: each message is a run of its session.
public record ChatRoutes(Visible visible, RunDesk desk, RunWait waiting) {

    /// @param context whatever the model should know besides, as a text or any JSON
    record Message(String message, Optional<String> sessionId, Optional<JsonNode> context) {
        String prompt() {
            return said(message, context);
        }
    }

    record Reply(String message, Optional<JsonNode> context) {
        String prompt() {
            return said(message, context);
        }
    }

    record Text(String text) {}

    record Opening(@MaxLength(200) Optional<String> title) {}

    record Response(String response, String sessionId, Outcome metadata) {}

    record Conversation(String sessionId, String title, List<Turns.Said> history) {}

    public List<Route> list() {
        Access read = new Access.Scoped("read");
        Access run = new Access.Scoped("run");
        return List.of(
                Route.post("/chat", run, this::begin),
                Route.post("/chat/sessions", run, this::open),
                Route.post("/chat/sessions/{id}/messages", run, this::say),
                Route.get("/chat/sessions/{id}/history", read, this::history),
                Route.get("/chat/{session_id}", read, this::conversation),
                Route.post("/chat/{session_id}", run, this::reply));
    }

    private static String said(String message, Optional<JsonNode> context) {
        return message
                + context.filter(each -> !each.isNull())
                        .map(each -> "\n\nContext:\n" + (each.isString() ? each.stringValue() : each.toString()))
                        .orElse("");
    }

    private Answer begin(Request request) throws InterruptedException {
        Message said = request.json(Message.class);
        return answer(request, said.prompt(), said.sessionId(), ChatRoutes::response);
    }

    private Answer reply(Request request) throws InterruptedException {
        Optional<String> session = Optional.of(request.value("session_id"));
        return answer(request, request.json(Reply.class).prompt(), session, ChatRoutes::response);
    }

    private Answer say(Request request) throws InterruptedException {
        Optional<String> session = Optional.of(request.value("id"));
        return answer(
                request, request.json(Text.class).text(), session, finished -> Map.of("response", finished.response()));
    }

    private Answer answer(
            Request request, String prompt, Optional<String> session, Function<RunWait.Finished, Object> shape) {
        Run run = desk.submit(Visible.caller(request), RunOrder.of(prompt, session));
        return waiting.answer(request, run, shape);
    }

    private static Response response(RunWait.Finished finished) {
        return new Response(finished.response(), finished.run().sessionId(), Outcome.of(finished));
    }

    private Answer open(Request request) throws InterruptedException {
        Optional<String> title =
                request.head().has("Content-Type") ? request.json(Opening.class).title() : Optional.empty();
        Session session = desk.open(Visible.caller(request), title.orElse("Chat"));
        return Answer.json(201, Map.of("session_id", session.id().value()))
                .with("Location", "/api/v1/sessions/" + session.id());
    }

    private Answer history(Request request) {
        Session session = visible.session(Visible.caller(request), request.value("id"));
        return Answer.json(Map.of("history", Turns.of(visible.sessions().history(session.id()))));
    }

    private Answer conversation(Request request) {
        Session session = visible.session(Visible.caller(request), request.value("session_id"));
        return Answer.json(new Conversation(
                session.id().value(),
                session.title(),
                Turns.of(visible.sessions().history(session.id()))));
    }
}
