package dev.fettle.core.permission;

/// Whoever answers when a [Policy] says [Decision.Ask]. Called from the turn's thread; may block for a person.
@FunctionalInterface
public interface Approver {

    /// Puts the question and waits for the answer.
    ///
    /// @param reason why it is asked; may be empty
    /// @throws InterruptedException when the turn is cancelled while the question stands
    Answer ask(Permission permission, String reason) throws InterruptedException;

    sealed interface Answer {
        record Yes() implements Answer {}

        /// A person said no.
        ///
        /// @param reason what to tell the model
        record No(String reason) implements Answer {}

        /// There is nobody to ask. The model is told, and the turn ends as `denied` even if it finds another
        /// way.
        ///
        /// @param remedy how the user can allow it next time
        record Nobody(String remedy) implements Answer {}
    }

    Approver YES = (_, _) -> new Answer.Yes();
}
