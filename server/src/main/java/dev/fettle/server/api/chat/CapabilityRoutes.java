package dev.fettle.server.api.chat;

import dev.fettle.core.workflow.CodeFacts;
import dev.fettle.core.workflow.Workflow;
import dev.fettle.server.api.run.RunWait;
import dev.fettle.server.exchange.Access;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Request;
import dev.fettle.server.json.Form;
import dev.fettle.server.json.TextForm;
import dev.fettle.server.operation.Operation;
import dev.fettle.server.operation.Reply;
import dev.fettle.server.route.Route;
import java.util.List;
import java.util.Optional;

/// Code written, explained and mended: a run each, whose prompt is made from the fields and which follows a workflow.
///
/// @param facts what is found in code that is to be explained, so that no model has to guess it
public record CapabilityRoutes(Answering answering, CodeFacts facts) {

    record Generate(
            @Form(TextForm.SAID) String prompt,
            Optional<String> language,
            @Form(TextForm.SESSION_ID) Optional<String> sessionId) {
        String text() {
            return "Write code%s for this: %s".formatted(in(language), prompt);
        }
    }

    record Understand(
            @Form(TextForm.SAID) String code,
            Optional<String> language,
            @Form(TextForm.SESSION_ID) Optional<String> sessionId) {
        String text(CodeFacts facts) {
            return "Explain this code%s: what it does and how.\n\n%s%s"
                    .formatted(
                            in(language),
                            block(code),
                            facts.of(code, language)
                                    .map("\n\nFacts found by parsing:\n\n"::concat)
                                    .orElse(""));
        }
    }

    record Debug(
            Optional<String> code,
            Optional<String> errorMessage,
            @Form(TextForm.SESSION_ID) Optional<String> sessionId) {
        Debug {
            if (code.isEmpty() && errorMessage.isEmpty()) {
                throw new IllegalArgumentException("Give `code`, `error_message` or both.");
            }
        }

        String text() {
            return "Find what is wrong, and mend it."
                    + code.map(each -> "\n\nThe code:\n\n" + block(each)).orElse("")
                    + errorMessage
                            .map(each -> "\n\nThe error:\n\n" + block(each))
                            .orElse("");
        }
    }

    record Response(boolean success, String response, Done data) {}

    public List<Route> list() {
        Access run = new Access.Scoped("run");
        return List.of(
                Route.post("/api/v1/generate", run, request -> {
                            Generate order = request.json(Generate.class);
                            return answer(request, Workflow.GENERATE, order.text(), order.sessionId());
                        })
                        .as(asked("generate", "Write code", "For a task in words.")
                                .takes(Generate.class)),
                Route.post("/api/v1/understand", run, request -> {
                            Understand order = request.json(Understand.class);
                            return answer(request, Workflow.UNDERSTAND, order.text(facts), order.sessionId());
                        })
                        .as(asked("understand", "Explain code", "What it does, and how.")
                                .takes(Understand.class)),
                Route.post("/api/v1/debug", run, request -> {
                            Debug order = request.json(Debug.class);
                            return answer(request, Workflow.DEBUG, order.text(), order.sessionId());
                        })
                        .as(asked("debug", "Mend code", "Of `code` and `error_message` at least one is needed.")
                                .takes(Debug.class)));
    }

    private static Operation asked(String id, String summary, String description) {
        return Operation.of(id, summary, description + " Waits for the answer, as long as that does not take too long.")
                .with(RunWait.PREFER, Answering.CACHE_CONTROL)
                .gives(Reply.json(200, "The answer.", Response.class)
                        .with("Content-Location", "The address of its run."))
                .gives(RunWait.FOLLOWED)
                .refuses(404, "The session is not there, or is another's.");
    }

    private Answer answer(Request request, Workflow workflow, String prompt, Optional<String> session) {
        return answering.answer(
                request,
                new Answering.Question(
                        workflow.word(), Optional.of(workflow), prompt, session, CapabilityRoutes::response));
    }

    private static Response response(RunWait.Finished finished) {
        return new Response(finished.isSuccess(), finished.response(), Done.of(finished));
    }

    private static String in(Optional<String> language) {
        return language.filter(each -> !each.isBlank()).map(" in "::concat).orElse("");
    }

    /// Fenced by more backticks than any it has.
    private static String block(String text) {
        String fence = "```";
        while (text.contains(fence)) {
            fence += "`";
        }
        return fence + "\n" + text.stripTrailing() + "\n" + fence;
    }
}
