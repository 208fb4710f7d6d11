package dev.fettle.core.permission;

/// Whoever answers when a [Policy] says [Decision.Ask]. Called from the turn's thread; may block for a person.
@FunctionalInterface
public interface Approver {

    /// Puts the question and waits for the answer.
    ///
    /// @throws InterruptedException when the turn is cancelled while the question stands
    Answer ask(Question question) throws InterruptedException;

    sealed interface Answer {
        /// A person said yes.
        ///
        /// @param scope how long it holds; one of those the question offered
        record Yes(Scope scope) implements Answer {}

        /// A person said no.
        ///
        /// @param reason what to tell the model
        record No(String reason) implements Answer {}

        /// There is nobody to ask. The model is told, and the turn ends as `denied` even if it finds another
        /// way.
        ///
        /// @param remedy how the user can allow it next time
        record Nobody(String remedy) implements Answer {}

        /// Somebody will answer, and the turn is not to wait: it stops, and goes on in whatever process when the
        /// answer is there.
        record Later() implements Answer {}
    }

    Approver YES = _ -> new Answer.Yes(Scope.ONCE);
}
