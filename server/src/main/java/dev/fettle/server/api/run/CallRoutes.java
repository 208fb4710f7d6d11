package dev.fettle.server.api.run;

import dev.fettle.core.message.ToolResult;
import dev.fettle.core.run.Run;
import dev.fettle.core.tool.ToolException;
import dev.fettle.core.tool.Toolbox;
import dev.fettle.server.api.guard.Visible;
import dev.fettle.server.exchange.Access;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Request;
import dev.fettle.server.json.Form;
import dev.fettle.server.json.TextForm;
import dev.fettle.server.operation.Operation;
import dev.fettle.server.operation.Parameter;
import dev.fettle.server.operation.Reply;
import dev.fettle.server.problem.FieldError;
import dev.fettle.server.problem.Problem;
import dev.fettle.server.route.Route;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Single calls of tools: each is a run without a model.
public record CallRoutes(Toolbox tools, RunDesk desk, RunWait waiting) {

    /// A call that a client wants made.
    ///
    /// @param sessionId the session to make it in; without one a new one begins
    /// @param workspace as for a run
    /// @param arguments what the tool takes; nothing, if it is left out
    /// @param approve whether what would be asked is approved
    record Call(
            @Form(TextForm.SESSION_ID) Optional<String> sessionId,
            @Form(TextForm.WORKSPACE) Optional<String> workspace,
            Optional<JsonNode> arguments,
            Optional<Boolean> approve) {

        String json() {
            return arguments
                    .filter(given -> !given.isNull())
                    .map(JsonNode::toString)
                    .orElse("{}");
        }

        RunOrder order(String tool) {
            return new RunOrder(
                    "One call of the tool `%s`.".formatted(tool),
                    sessionId,
                    workspace,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    approve);
        }
    }

    /// What a call has come to.
    ///
    /// @param result what the tool says, as a model would be told
    /// @param outcome `ok`, `error`, `denied`, `cancelled`, `unknown`, or `none` if the call was not answered
    /// @param message why the run is not `completed`; may be empty
    record Called(
            boolean success,
            String result,
            String outcome,
            @Form(TextForm.RUN_ID) String runId,
            @Form(TextForm.SESSION_ID) String sessionId,
            @Form(TextForm.RUN_STATUS) String status,
            String message) {

        static Called of(RunWait.Finished finished) {
            Optional<ToolResult> result = finished.results().stream().findFirst();
            return new Called(
                    finished.isSuccess() && result.filter(ToolResult::isError).isEmpty(),
                    result.map(ToolResult::text).orElse(""),
                    result.map(each -> each.kind().name().toLowerCase(Locale.ROOT))
                            .orElse("none"),
                    finished.run().runId(),
                    finished.run().sessionId(),
                    finished.run().status(),
                    finished.run().message());
        }
    }

    public List<Route> list() {
        return List.of(Route.post("/api/v1/tools/{name}", new Access.Scoped("run"), this::call)
                .as(Operation.of(
                                "call_tool",
                                "Call a tool",
                                "Once, in a session's workspace, under the rules that hold for calls of a model. Waits for"
                                        + " the result, as long as that does not take too long and nothing has to be approved.")
                        .with(Parameter.path("name", TextForm.TOOL, "The tool."), RunWait.PREFER)
                        .takes(Call.class)
                        .gives(Reply.json(200, "The result.", Called.class)
                                .with("Content-Location", "The address of its run."))
                        .gives(RunWait.FOLLOWED)
                        .refuses(404, "The tool, the session or the workspace is not there, or is another's.")
                        .refuses(507, "There is no room for what runs work on.")));
    }

    private Answer call(Request request) throws InterruptedException {
        String tool = request.value("name");
        if (tools.specs().stream().noneMatch(spec -> spec.name().equals(tool))) {
            throw new Problem(404, "There is no such tool.").exception();
        }
        Call call = request.json(Call.class);
        requireSound(tool, call.json());
        Run run = desk.submit(Visible.caller(request), call.order(tool), tool, call.json());
        return waiting.answer(request, run, Called::of);
    }

    private void requireSound(String tool, String arguments) {
        try {
            tools.find(tool).prepare(arguments);
        } catch (ToolException e) {
            throw refused(e.getMessage());
        }
        // It would be kept, and with something else in its place the call would be another.
        if (!desk.mask().apply(arguments).equals(arguments)) {
            throw refused(
                    "Something here looks like a secret, and would be kept in the session's log. Leave it out, or let"
                            + " the tool read it from a file.");
        }
    }

    private static RuntimeException refused(String why) {
        return new Problem(422, "The body does not fit; see `errors`.", List.of(new FieldError("/arguments", why)))
                .exception();
    }
}
