package dev.fettle.core.permission.rule;

import dev.fettle.core.permission.Approver;
import dev.fettle.core.permission.Layer;
import dev.fettle.core.permission.Permission;
import dev.fettle.core.permission.Question;
import dev.fettle.core.permission.RuleId;
import dev.fettle.core.permission.Scope;
import dev.fettle.core.permission.command.SimpleCommand;
import dev.fettle.core.permission.command.Trust;
import dev.fettle.core.permission.rule.Rule.Examples;
import dev.fettle.core.permission.rule.Rule.Verdict;
import dev.fettle.core.workspace.Reach;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Offers a person to keep a yes, and makes a rule of it: of the words of a single command. A yes is given anew each
/// time to several commands, to what is not literal, to code in arguments, to wrappers, `git`, `env` and `sudo`, to
/// what a rule asks about, and to files, for no rule that allows can outdo one that asks.
///
/// @param keep stores a rule for later runs
public record Remembered(Approver person, Rulebook book, Consumer<Rule> keep) implements Approver {
    private static final List<Scope> OFFERED = List.of(Scope.ONCE, Scope.SESSION, Scope.PROJECT, Scope.ALWAYS);

    @Override
    public Answer ask(Question question) throws InterruptedException {
        Permission permission = question.permission();
        boolean isKeepable = rule(permission, Scope.SESSION)
                .filter(each -> book.wouldAllow(each, permission))
                .isPresent();
        Answer answer =
                person.ask(new Question(permission, question.reason(), isKeepable ? OFFERED : List.of(Scope.ONCE)));
        if (answer instanceof Answer.Yes yes && yes.scope() != Scope.ONCE) {
            rule(permission, yes.scope()).ifPresent(this::remember);
        }
        return answer;
    }

    private void remember(Rule rule) {
        book.add(rule);
        if (rule.scope() != Scope.SESSION) {
            keep.accept(rule);
        }
    }

    private Optional<Rule> rule(Permission permission, Scope scope) {
        return switch (permission) {
            case Permission.Read _, Permission.Write _ -> Optional.empty();
            case Permission.Execute execute -> rule(Reach.SANDBOX, execute.command(), scope);
            case Permission.Widen widen -> rule(widen.reach(), widen.command(), scope);
        };
    }

    private Optional<Rule> rule(Reach reach, String text, Scope scope) {
        return book.parser()
                .parse(text)
                .literalCommands()
                .filter(commands -> commands.size() == 1)
                .map(List::getFirst)
                .filter(Trust::isLasting)
                .map(command -> rule(reach, text, command, scope));
    }

    private Rule rule(Reach reach, String text, SimpleCommand command, Scope scope) {
        return new Rule(
                new RuleId(scope == Scope.SESSION ? Layer.SESSION : Layer.USER, String.join(" ", command.words())),
                new Match.Words(reach, command.words(), List.of()),
                Verdict.ALLOW,
                scope,
                scope == Scope.PROJECT ? Optional.of(book.workspace()) : Optional.empty(),
                new Examples(List.of(text), List.of()),
                "");
    }
}
