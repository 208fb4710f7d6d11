package dev.fettle.cli.turn;

import dev.fettle.core.permission.Approver.Answer;
import dev.fettle.core.permission.Question;
import dev.fettle.core.permission.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a question can be answered with, by a key or a word.
public record Choices(Question question) {
    /// For people: `[y]es, yes for this [s]ession, [n]o`.
    @Override
    public String toString() {
        List<String> choices = new ArrayList<>(List.of("[y]es"));
        for (Scope scope : question.scopes()) {
            switch (scope) {
                case ONCE -> {}
                case SESSION -> choices.add("yes for this [s]ession");
                case PROJECT -> choices.add("this [p]roject");
                case ALWAYS -> choices.add("[a]lways");
            }
        }
        choices.add("[n]o");
        return String.join(", ", choices);
    }

    /// The scope that a key or word stands for, whether it is offered or not; empty if it is no yes.
    public static Optional<Scope> scope(String answer) {
        return switch (answer.toLowerCase(Locale.ROOT)) {
            case "y", "yes" -> Optional.of(Scope.ONCE);
            case "s", "session" -> Optional.of(Scope.SESSION);
            case "p", "project" -> Optional.of(Scope.PROJECT);
            case "a", "always" -> Optional.of(Scope.ALWAYS);
            default -> Optional.empty();
        };
    }

    /// A yes, if that is what a key or word stands for and it is offered.
    public Optional<Answer> yes(String answer) {
        return scope(answer).filter(question.scopes()::contains).map(Answer.Yes::new);
    }

    /// A no for the model.
    ///
    /// @param instead what the user says to do; may be empty
    public static Answer no(String instead) {
        return instead.isBlank()
                ? new Answer.No("The user said no.")
                : new Answer.No("The user said instead: " + instead.strip());
    }
}
