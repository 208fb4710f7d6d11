package dev.fettle.core.agent;

import dev.fettle.core.permission.Approver;
import dev.fettle.core.permission.Decision;
import dev.fettle.core.permission.Permission;
import dev.fettle.core.permission.Policy;
import dev.fettle.core.session.Event;
import java.util.List;
import java.util.Optional;

/// Decides whether a call may run: the policy first, a person where the policy says so. What was asked or
/// refused goes into the log.
record Gatekeeper(Policy policy, Approver approver) {

    /// Why the call may not run, in words for the model; empty if it may.
    Optional<String> refusal(Turn turn, String callId, List<Permission> permissions) throws InterruptedException {
        for (Permission permission : permissions) {
            Optional<String> refusal = switch (policy.decide(permission)) {
                case Decision.Allow _ -> Optional.empty();
                case Decision.Deny(String reason) -> decided(turn, callId, permission, false, "policy", reason);
                case Decision.Ask(String reason) -> ask(turn, callId, permission, reason);
            };
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private Optional<String> ask(Turn turn, String callId, Permission permission, String why)
            throws InterruptedException {
        return switch (approver.ask(permission, why)) {
            case Approver.Answer.Yes _ -> decided(turn, callId, permission, true, "person", "");
            case Approver.Answer.No(String reason) -> decided(turn, callId, permission, false, "person", reason);
            case Approver.Answer.Nobody(String remedy) -> decided(turn, callId, permission, false, "nobody", remedy);
        };
    }

    private static Optional<String> decided(
            Turn turn, String callId, Permission permission, boolean allowed, String by, String reason) {
        turn.record(new Event.PermissionDecided(callId, permission, allowed, by, reason));
        return allowed
                ? Optional.empty()
                : Optional.of("Not allowed to %s. %s"
                        .formatted(permission.describe(), reason)
                        .strip());
    }
}
