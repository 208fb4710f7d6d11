package dev.fettle.core.agent;

import dev.fettle.core.context.Context;
import dev.fettle.core.context.Instructions;
import dev.fettle.core.model.Model;
import dev.fettle.core.secret.Secrets;
import dev.fettle.core.undo.TreeKeeper;
import dev.fettle.core.usage.Limits;
import dev.fettle.core.workspace.Workspace;
import java.util.Optional;

/// What an agent is given to work with.
///
/// @param purse what the model calls are paid from
/// @param context what the model is told besides
/// @param secrets what must reach neither the model nor the log
/// @param classifies whether a request that nobody has said more of is sorted by the model first
/// @param keeper what keeps the working tree around each turn; empty where nobody takes anything back
/// @param temperature 0 to 2; empty for the provider's default
public record Assignment(
        Workspace workspace,
        Model model,
        Limits limits,
        Purse purse,
        Context context,
        Secrets secrets,
        Optional<TreeKeeper> keeper,
        Optional<Double> temperature,
        boolean classifies) {

    /// The same for an agent that answers a question of this one's.
    Assignment delegated(Limits share) {
        return new Assignment(workspace, model, share, purse, context, secrets, Optional.empty(), temperature, false);
    }

    /// An assignment that no budget stands behind.
    public Assignment(
            Workspace workspace,
            Model model,
            Limits limits,
            Instructions instructions,
            Secrets secrets,
            Optional<Double> temperature) {
        this(
                workspace,
                model,
                limits,
                Purse.UNLIMITED,
                new Context(instructions),
                secrets,
                Optional.empty(),
                temperature,
                false);
    }
}
