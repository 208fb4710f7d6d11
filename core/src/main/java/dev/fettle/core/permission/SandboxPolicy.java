package dev.fettle.core.permission;

import java.util.Optional;
import java.util.function.Supplier;

/// Reading and writing in the workspace is what the agent was called for. Commands run without a question as long as
/// they are confined; leaving the sandbox is asked each time. Where nothing confines them, each command is asked.
///
/// @param mayWrite whether files of the workspace may be changed
/// @param unconfined why commands are not confined; empty if they are; asked when the first command comes
public record SandboxPolicy(boolean mayWrite, Supplier<Optional<String>> unconfined) implements Policy {
    private static final RuleId WORKSPACE = new RuleId(Layer.DEFAULT, "workspace");
    private static final RuleId READ_ONLY = new RuleId(Layer.DEFAULT, "read-only");
    private static final RuleId SANDBOX = new RuleId(Layer.DEFAULT, "sandbox");
    private static final RuleId NO_SANDBOX = new RuleId(Layer.DEFAULT, "no sandbox");
    private static final RuleId LEAVING = new RuleId(Layer.DEFAULT, "leaving the sandbox");

    @Override
    public Decision decide(Permission permission) {
        return switch (permission) {
            case Permission.Read _ -> new Decision.Allow(WORKSPACE);
            case Permission.Write _ ->
                mayWrite
                        ? new Decision.Allow(WORKSPACE)
                        : new Decision.Deny(READ_ONLY, "The sandbox is read-only; say what you would change instead.");
            case Permission.Execute _ ->
                unconfined
                        .get()
                        .<Decision>map(why -> new Decision.Ask(NO_SANDBOX, "There is no sandbox: " + why))
                        .orElseGet(() -> new Decision.Allow(SANDBOX));
            // Without a sandbox to leave, the question was asked for the command already.
            case Permission.Widen _ ->
                unconfined.get().isPresent()
                        ? new Decision.Allow(NO_SANDBOX)
                        : new Decision.Ask(LEAVING, "It would leave the sandbox.");
        };
    }
}
