package dev.fettle.core.agent;

import dev.fettle.core.permission.Approver;
import dev.fettle.core.permission.Decision;
import dev.fettle.core.permission.Permission;
import dev.fettle.core.permission.Policy;
import dev.fettle.core.permission.Question;
import dev.fettle.core.permission.Scope;
import dev.fettle.core.session.Event;
import dev.fettle.core.turn.TurnPausedException;
import java.util.List;
import java.util.Optional;

/// Decides whether a call may run: the policy first, a person where the policy says so. Every decision goes into
/// the log.
record Gatekeeper(Policy policy, Approver approver) {

    /// Why the call may not run, in words for the model; empty if it may.
    Optional<String> refusal(Turn turn, String callId, List<Permission> permissions) throws InterruptedException {
        for (Permission permission : permissions) {
            Event.PermissionDecided decided = switch (policy.decide(permission)) {
                case Decision.Allow allow ->
                    new Event.PermissionDecided(
                            callId, permission, true, "policy", allow.rule().toString(), "");
                case Decision.Deny deny ->
                    new Event.PermissionDecided(
                            callId, permission, false, "policy", deny.rule().toString(), deny.reason());
                case Decision.Ask ask -> answered(turn, callId, permission, ask);
            };
            turn.note(decided);
            if (!decided.allowed()) {
                return Optional.of("Not allowed to %s. %s"
                        .formatted(permission.describe(), decided.reason())
                        .strip());
            }
        }
        return Optional.empty();
    }

    private Event.PermissionDecided answered(Turn turn, String callId, Permission permission, Decision.Ask ask)
            throws InterruptedException {
        String rule = ask.rule().toString();
        turn.keep();
        return switch (approver.ask(new Question(permission, ask.reason()))) {
            case Approver.Answer.Yes yes ->
                new Event.PermissionDecided(callId, permission, true, "person", rule, duration(yes.scope()));
            case Approver.Answer.No no ->
                new Event.PermissionDecided(callId, permission, false, "person", rule, no.reason());
            case Approver.Answer.Nobody nobody ->
                new Event.PermissionDecided(callId, permission, false, "nobody", rule, nobody.remedy());
            case Approver.Answer.Later _ -> {
                var asked = new Event.ApprovalAsked(callId, permission, rule, ask.reason());
                turn.record(asked);
                throw TurnPausedException.awaiting(asked);
            }
        };
    }

    private static String duration(Scope scope) {
        return switch (scope) {
            case ONCE -> "this once";
            case SESSION -> "for this session";
            case PROJECT -> "for this project";
            case ALWAYS -> "always";
        };
    }
}
