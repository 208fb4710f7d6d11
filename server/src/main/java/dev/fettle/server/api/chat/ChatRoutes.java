package dev.fettle.server.api.chat;

import dev.fettle.core.session.Session;
import dev.fettle.server.api.guard.Visible;
import dev.fettle.server.api.run.RunWait;
import dev.fettle.server.exchange.Access;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Caller;
import dev.fettle.server.exchange.Request;
import dev.fettle.server.json.Form;
import dev.fettle.server.json.MaxLength;
import dev.fettle.server.json.TextForm;
import dev.fettle.server.operation.Operation;
import dev.fettle.server.operation.Parameter;
import dev.fettle.server.operation.Reply;
import dev.fettle.server.route.Route;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// Conversations: each message is a run of its session.
public record ChatRoutes(Visible visible, Answering answering) {

    /// @param context whatever the model should know besides, as a text or any JSON
    record Message(
            @Form(TextForm.SAID) String message,
            @Form(TextForm.SESSION_ID) Optional<String> sessionId,
            Optional<JsonNode> context) {
        String prompt() {
            return said(message, context);
        }
    }

    record Next(@Form(TextForm.SAID) String message, Optional<JsonNode> context) {
        String prompt() {
            return said(message, context);
        }
    }

    record Text(@Form(TextForm.SAID) String text) {}

    record Opening(@MaxLength(200) Optional<String> title) {}

    record Opened(@Form(TextForm.SESSION_ID) String sessionId) {}

    record Answered(String response) {}

    record History(List<Turns.Said> history) {}

    record Response(
            String response, @Form(TextForm.SESSION_ID) String sessionId, Outcome metadata) {}

    record Conversation(@Form(TextForm.SESSION_ID) String sessionId, String title, List<Turns.Said> history) {}

    private static final String KIND = "chat";
    private static final Parameter ID = Parameter.path("id", TextForm.SESSION_ID, "The session.");
    private static final Parameter SESSION_ID = Parameter.path("session_id", TextForm.SESSION_ID, "The session.");

    public List<Route> list() {
        Access read = new Access.Scoped("read");
        Access run = new Access.Scoped("run");
        return List.of(
                Route.post("/chat", run, this::begin)
                        .as(asked("chat", "Ask", "Begins a conversation, or goes on with the one that is named.")
                                .with(Answering.CACHE_CONTROL)
                                .takes(Message.class)
                                .gives(given(Response.class))
                                .refuses(404, "The session is not there, or is another's.")),
                Route.post("/chat/sessions", run, this::open)
                        .as(Operation.of(
                                        "open_chat",
                                        "Open a conversation",
                                        "A session that waits for its first message.")
                                .mayTake(Opening.class)
                                .gives(Reply.json(201, "The session.", Opened.class)
                                        .with("Location", "The address of the session."))),
                Route.post("/chat/sessions/{id}/messages", run, this::say)
                        .as(asked("send_message", "Say something", "The next message of a session.")
                                .with(ID)
                                .takes(Text.class)
                                .gives(given(Answered.class))),
                Route.get("/chat/sessions/{id}/history", read, this::history)
                        .as(Operation.of("get_history", "Read what was said", "By people and by the model, in order.")
                                .with(ID)
                                .gives(200, "What was said.", History.class)),
                Route.get("/chat/{session_id}", read, this::conversation)
                        .as(Operation.of("get_chat", "Read a conversation", "Its title, and what was said.")
                                .with(SESSION_ID)
                                .gives(200, "The conversation.", Conversation.class)),
                Route.post("/chat/{session_id}", run, this::reply)
                        .as(asked("reply", "Go on", "The next message of a session.")
                                .with(SESSION_ID)
                                .takes(Next.class)
                                .gives(given(Response.class))));
    }

    private static Operation asked(String id, String summary, String description) {
        return Operation.of(id, summary, description + " Waits for the answer, as long as that does not take too long.")
                .with(RunWait.PREFER)
                .gives(RunWait.FOLLOWED);
    }

    private static Reply given(Class<? extends Record> type) {
        return Reply.json(200, "The answer.", type).with("Content-Location", "The address of its run.");
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
        return answer(request, request.json(Next.class).prompt(), session, ChatRoutes::response);
    }

    private Answer say(Request request) throws InterruptedException {
        Optional<String> session = Optional.of(request.value("id"));
        return answer(request, request.json(Text.class).text(), session, finished -> new Answered(finished.response()));
    }

    private Answer answer(
            Request request, String prompt, Optional<String> session, Function<RunWait.Finished, Object> shape) {
        return answering.answer(request, new Answering.Question(KIND, Optional.empty(), prompt, session, shape));
    }

    /// Whether answers are kept.
    public boolean keeps() {
        return answering.kept().isOn();
    }

    /// Sees to it that the answer is kept which `POST /chat` gives to a message, and waits for that.
    ///
    /// @return whether to go on: not if the server stops
    public boolean prepare(Caller caller, String message) {
        return answering.prepare(
                caller,
                new Answering.Question(KIND, Optional.empty(), message, Optional.empty(), ChatRoutes::response));
    }

    private static Response response(RunWait.Finished finished) {
        return new Response(finished.response(), finished.run().sessionId(), Outcome.of(finished));
    }

    private Answer open(Request request) throws InterruptedException {
        Optional<String> title =
                request.head().has("Content-Type") ? request.json(Opening.class).title() : Optional.empty();
        Session session = answering.desk().open(Visible.caller(request), title.orElse("Chat"));
        return Answer.json(201, new Opened(session.id().value())).with("Location", "/api/v1/sessions/" + session.id());
    }

    private Answer history(Request request) {
        Session session = visible.session(Visible.caller(request), request.value("id"));
        return Answer.json(new History(Turns.of(visible.sessions().history(session.id()))));
    }

    private Answer conversation(Request request) {
        Session session = visible.session(Visible.caller(request), request.value("session_id"));
        return Answer.json(new Conversation(
                session.id().value(),
                session.title(),
                Turns.of(visible.sessions().history(session.id()))));
    }
}
