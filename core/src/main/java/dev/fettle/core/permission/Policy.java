package dev.fettle.core.permission;

/// Decides without asking anybody. Pure: the same permission always gets the same decision.
@FunctionalInterface
public interface Policy {
    Decision decide(Permission permission);

    /// Looking is all there is.
    Policy READ_ONLY = permission -> switch (permission) {
        case Permission.Read _ -> new Decision.Allow(new RuleId(Layer.DEFAULT, "workspace"));
        case Permission.Write _, Permission.Execute _, Permission.Widen _ ->
            new Decision.Deny(
                    new RuleId(Layer.DEFAULT, "read-only"),
                    "The workspace is read-only (READONLY_MODE is on); say what you would change instead.");
    };
}
