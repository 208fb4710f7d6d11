package dev.fettle.core.permission.rule;

import dev.fettle.core.permission.Decision;
import dev.fettle.core.permission.Layer;
import dev.fettle.core.permission.Permission;
import dev.fettle.core.permission.Policy;
import dev.fettle.core.permission.RuleId;
import dev.fettle.core.permission.command.CommandParser;
import dev.fettle.core.permission.command.Script;
import dev.fettle.core.permission.command.SimpleCommand;
import dev.fettle.core.permission.command.Trust;
import dev.fettle.core.permission.command.Unwrapped;
import dev.fettle.core.permission.rule.Match.Path.Access;
import dev.fettle.core.permission.rule.Rule.Verdict;
import dev.fettle.core.workspace.Reach;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Decides by rules: of those that fit, one that refuses goes before one that asks, and that before one
/// that allows, whoever wrote them. Where none fits another policy decides.
///
/// Refusing and asking look at every command that a script was seen to run, however deep inside. Allowing
/// needs a script of literal words only, each command of it plain ([Trust]) and allowed by a rule. Commands
/// are parsed only if a rule could depend on it.
public final class RulePolicy implements Policy {
    private static final RuleId UNREADABLE = new RuleId(Layer.BUILT_IN, "unreadable command");

    private final List<Rule> rules;
    private final CommandParser parser;
    private final UnaryOperator<String> locate;
    private final Policy otherwise;

    /// Rules of all layers.
    ///
    /// @param rules looked at anew for each decision
    /// @param locate the place a path stands for, links followed, relative to the workspace; the path
    ///     itself if that cannot be said
    /// @param otherwise decides what no rule fits
    public RulePolicy(List<Rule> rules, CommandParser parser, UnaryOperator<String> locate, Policy otherwise) {
        this.rules = rules;
        this.parser = parser;
        this.locate = locate;
        this.otherwise = otherwise;
    }

    @Override
    public Decision decide(Permission permission) {
        Optional<Decision> decided = switch (permission) {
            case Permission.Read read -> path(Access.READ, read.path());
            case Permission.Write write -> path(Access.WRITE, write.path());
            case Permission.Execute execute -> command(Reach.SANDBOX, execute.command());
            case Permission.Widen widen -> command(widen.reach(), widen.command());
        };
        return decided.map(each -> bounded(each, permission)).orElseGet(() -> otherwise.decide(permission));
    }

    /// No rule allows what cannot be: writing to a read-only workspace.
    private Decision bounded(Decision decided, Permission permission) {
        return decided instanceof Decision.Allow && otherwise.decide(permission) instanceof Decision.Deny deny
                ? deny
                : decided;
    }

    private Optional<Decision> path(Access access, String path) {
        String place = locate.apply(path);
        return strictest(rules.stream().filter(each -> {
            if (!(each.match() instanceof Match.Path match) || match.access() != access) {
                return false;
            }
            boolean isWritten = match.glob().matches(path);
            boolean isPlaced = match.glob().matches(place);
            return each.verdict() == Verdict.ALLOW ? isWritten && isPlaced : isWritten || isPlaced;
        }));
    }

    private Optional<Decision> command(Reach reach, String text) {
        List<Rule> written = rules.stream()
                .filter(each -> each.match() instanceof Match.Words words && fits(words, reach, each.verdict()))
                .toList();
        boolean mayBeForbidden = reach == Reach.SANDBOX
                && Forbidden.isConceivable(text)
                && rules.stream().anyMatch(each -> each.match() instanceof Match.Shape);
        if (written.isEmpty() && !mayBeForbidden) {
            return Optional.empty();
        }
        Script script = parser.parse(text);
        Script unwrapped = Unwrapped.of(script, parser);
        Optional<Decision> against = strictest(Stream.concat(
                written.stream().filter(each -> each.verdict() != Verdict.ALLOW && touches(each, unwrapped)),
                mayBeForbidden ? rules.stream().filter(each -> isForbidden(each, unwrapped)) : Stream.empty()));
        if (script.form() == Script.Form.UNREADABLE
                && against.filter(Decision.Deny.class::isInstance).isEmpty()) {
            boolean isWatched = mayBeForbidden || written.stream().anyMatch(each -> each.verdict() != Verdict.ALLOW);
            return isWatched ? Optional.of(unreadable()) : Optional.empty();
        }
        return against.or(() -> allowed(written, script, reach));
    }

    private static Decision unreadable() {
        return new Decision.Ask(UNREADABLE, "The command could not be parsed, so no rule can tell what it runs.");
    }

    /// What may not have the network may not leave the sandbox either.
    private static boolean fits(Match.Words words, Reach reach, Verdict verdict) {
        return words.reach() == reach
                || (verdict != Verdict.ALLOW && words.reach() == Reach.NETWORK && reach == Reach.FULL);
    }

    private static boolean touches(Rule rule, Script unwrapped) {
        return rule.match() instanceof Match.Words words
                && ((words.words().isEmpty() && words.flags().isEmpty())
                        || unwrapped.commands().anyMatch(words::touches));
    }

    private static boolean isForbidden(Rule rule, Script unwrapped) {
        return rule.match() instanceof Match.Shape shape && shape.forbidden().fits(unwrapped);
    }

    private static Optional<Decision> allowed(List<Rule> written, Script script, Reach reach) {
        List<SimpleCommand> commands = script.literalCommands().orElse(List.of());
        List<Optional<Rule>> covering =
                commands.stream().map(each -> covering(written, each, reach)).toList();
        return covering.isEmpty() || covering.stream().anyMatch(Optional::isEmpty)
                ? Optional.empty()
                : covering.getFirst().map(Rule::decision);
    }

    private static Optional<Rule> covering(List<Rule> written, SimpleCommand command, Reach reach) {
        boolean qualifies = reach == Reach.FULL ? Trust.isLasting(command) : Trust.isPlain(command);
        return written.stream()
                .filter(each -> qualifies
                        && each.verdict() == Verdict.ALLOW
                        && each.match() instanceof Match.Words words
                        && words.covers(command))
                .findFirst();
    }

    private static Optional<Decision> strictest(Stream<Rule> fitting) {
        return fitting.map(Rule::decision).reduce(Decision::stricter);
    }

    /// Whether one rule fits a command or path by itself: what examples are checked with.
    static boolean fits(Rule rule, String example, CommandParser parser) {
        RuleId other = new RuleId(Layer.DEFAULT, "");
        Policy alone = new RulePolicy(
                List.of(rule), parser, UnaryOperator.identity(), _ -> new Decision.Ask(other, "No rule fits."));
        return alone.decide(permission(rule.match(), example)).rule().equals(rule.id());
    }

    private static Permission permission(Match match, String example) {
        return switch (match) {
            case Match.Path path when path.access() == Access.READ -> new Permission.Read(example);
            case Match.Path _ -> new Permission.Write(example);
            case Match.Words words when words.reach() != Reach.SANDBOX -> new Permission.Widen(example, words.reach());
            case Match.Words _, Match.Shape _ -> new Permission.Execute(example);
        };
    }
}
