package dev.fettle.core.permission;

/// What a [Policy] says to a [Permission], and by which rule.
public sealed interface Decision {
    RuleId rule();

    /// In a person's words; empty where there is nothing to explain.
    String reason();

    record Allow(RuleId rule) implements Decision {
        @Override
        public String reason() {
            return "";
        }
    }

    /// A person has to say; see [Approver].
    ///
    /// @param reason why it is asked
    record Ask(RuleId rule, String reason) implements Decision {}

    /// It may not.
    ///
    /// @param reason shown to the model and to the person
    record Deny(RuleId rule, String reason) implements Decision {}

    /// As rules and reports write it.
    default String word() {
        return switch (this) {
            case Allow _ -> "allow";
            case Ask _ -> "ask";
            case Deny _ -> "deny";
        };
    }

    /// The stricter of two; this one if they are equally strict.
    default Decision stricter(Decision other) {
        return strictness(other) > strictness(this) ? other : this;
    }

    private static int strictness(Decision decision) {
        return switch (decision) {
            case Allow _ -> 0;
            case Ask _ -> 1;
            case Deny _ -> 2;
        };
    }
}
