package dev.fettle.core.permission;

/// What a [Policy] says to a [Permission].
public sealed interface Decision {

    record Allow() implements Decision {}

    /// A person has to say; see [Approver].
    ///
    /// @param reason why, shown with the question
    record Ask(String reason) implements Decision {}

    /// It may not.
    ///
    /// @param reason shown to the model and to the person
    record Deny(String reason) implements Decision {}
}
