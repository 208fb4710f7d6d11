package dev.fettle.server.api.run;

import dev.fettle.core.run.OneCall;
import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunException;
import dev.fettle.core.run.RunRequest;
import dev.fettle.core.session.Session;
import dev.fettle.core.trace.Correlation;
import dev.fettle.core.trace.Trace;
import dev.fettle.core.usage.Money;
import dev.fettle.core.workflow.Workflow;
import dev.fettle.server.api.guard.Visible;
import dev.fettle.server.api.model.Models;
import dev.fettle.server.exchange.Caller;
import dev.fettle.server.problem.FieldError;
import dev.fettle.server.problem.Problem;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Takes orders for runs.
///
/// @param mask takes secrets out of prompts, which are kept
public record RunDesk(
        Visible visible, Workspaces workspaces, Models models, Ceiling ceiling, UnaryOperator<String> mask) {

    /// Queues what was ordered.
    ///
    /// @throws dev.fettle.server.problem.ProblemException with 404 if the session is not the caller's, with 422 if
    ///     the order cannot be carried out
    public Run submit(Caller caller, RunOrder order) {
        return submit(caller, order, settings(order));
    }

    /// The same, for one call of a tool instead of what a model would do.
    ///
    /// @param arguments JSON text, without secrets
    Run submit(Caller caller, RunOrder order, String tool, String arguments) {
        Map<String, String> settings = settings(order);
        Map.Entry<String, String> call = OneCall.setting(tool, arguments);
        settings.put(call.getKey(), call.getValue());
        return submit(caller, order, settings);
    }

    private Run submit(Caller caller, RunOrder order, Map<String, String> settings) {
        String prompt = mask.apply(order.prompt());
        if (prompt.isBlank()) {
            throw refused("/prompt", "Say what to do.");
        }
        boolean isNew = order.sessionId().isEmpty();
        requireOnePlace(order);
        workspaces.requireRoom();
        Session session = isNew
                ? create(caller, Session.titleOf(prompt), order)
                : visible.session(caller, order.sessionId().orElseThrow());
        if (!isNew
                && order.workspace()
                        .filter(name -> !name.equals(workspaces.shown(session)))
                        .isPresent()) {
            throw refused("/workspace", "The session works in another one; leave this out.");
        }
        settings.put("WORK_DIR", workspaces.of(session).toString());
        Correlation.current()
                .ifPresent(each -> settings.put(Trace.NAME, each.trace().header()));
        try {
            return visible.runs()
                    .submit(
                            session.id(),
                            new RunRequest(
                                    prompt, List.of(), settings, order.approve().orElse(false)));
        } catch (RunException e) {
            if (isNew) {
                visible.sessions().delete(session.id());
                order.git().ifPresent(_ -> workspaces.forget(session));
            }
            throw e;
        }
    }

    private static void requireOnePlace(RunOrder order) {
        if (order.git().isPresent()
                && (order.workspace().isPresent() || order.sessionId().isPresent())) {
            throw refused("/git", "This makes a workspace for a new session; leave out `workspace` and `session_id`.");
        }
    }

    /// A session that waits for its first run.
    public Session open(Caller caller, String title) {
        return create(caller, title, RunOrder.of("", Optional.empty(), Optional.empty()));
    }

    private Session create(Caller caller, String title, RunOrder order) {
        String workspace = order.git()
                .map(git -> workspaces.fetched(caller, git))
                .or(() -> order.workspace().map(name -> workspaces.named(caller, name)))
                .orElseGet(workspaces::unnamed);
        return visible.sessions().create(workspace, title, caller.user());
    }

    private Map<String, String> settings(RunOrder order) {
        Map<String, String> settings = new HashMap<>();
        order.model().ifPresent(model -> {
            models.refusal(model).ifPresent(why -> {
                throw refused("/model", why);
            });
            settings.put("LLM_MODEL", model);
        });
        order.workflow()
                .ifPresent(word -> settings.put(Workflow.SETTING, workflow(word).word()));
        order.maxSteps().ifPresent(steps -> {
            if (steps < 1 || steps > ceiling.steps()) {
                throw refused("/max_steps", "This is a number from 1 to %d.".formatted(ceiling.steps()));
            }
            settings.put("AGENT_MAX_STEPS", steps.toString());
        });
        order.maxCost()
                .ifPresent(cost -> settings.put("AGENT_MAX_COST", money(cost).toString()));
        return settings;
    }

    private static Workflow workflow(String word) {
        return Workflow.named(word)
                .orElseThrow(() -> refused(
                        "/workflow",
                        "This is one of %s."
                                .formatted(Arrays.stream(Workflow.values())
                                        .map(Workflow::word)
                                        .collect(Collectors.joining(", ")))));
    }

    private Money money(JsonNode given) {
        String text = given.isString() ? given.stringValue() : given.isNumber() ? given.asString() : "";
        if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?") || Money.of(text).equals(Money.ZERO)) {
            throw refused("/max_cost", "This is an amount of US dollars above zero, as \"0.50\".");
        }
        Money cost = Money.of(text);
        ceiling.cost().filter(most -> cost.compareTo(most) > 0).ifPresent(most -> {
            throw refused("/max_cost", "A run may cost at most %s US dollars here.".formatted(most));
        });
        return cost;
    }

    private static RuntimeException refused(String pointer, String why) {
        return new Problem(422, "The body does not fit; see `errors`.", List.of(new FieldError(pointer, why)))
                .exception();
    }
}
