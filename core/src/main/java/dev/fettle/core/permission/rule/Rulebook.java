package dev.fettle.core.permission.rule;

import dev.fettle.core.permission.Decision;
import dev.fettle.core.permission.Layer;
import dev.fettle.core.permission.Permission;
import dev.fettle.core.permission.Policy;
import dev.fettle.core.permission.RuleId;
import dev.fettle.core.permission.command.CommandParser;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/// The rules in force: those that Fettle comes with, those of the files, and what a person has answered since. Safe
/// for several threads.
public final class Rulebook {
    private final List<Rule> rules;
    private final String workspace;
    private final CommandParser parser;
    private final UnaryOperator<String> locate;

    /// The rules of files, to which those that Fettle comes with are added.
    ///
    /// @param workspace the absolute path of the workspace: rules for other projects are left out
    /// @param locate the place in the workspace that a path stands for, links followed; the path itself if that
    ///     cannot be said
    public Rulebook(List<Rule> written, String workspace, CommandParser parser, UnaryOperator<String> locate) {
        List<Rule> all = new ArrayList<>(BuiltInRules.all());
        written.stream().filter(each -> each.isFor(workspace)).forEach(all::add);
        this.rules = new CopyOnWriteArrayList<>(all);
        this.workspace = workspace;
        this.parser = parser;
        this.locate = locate;
    }

    public List<Rule> rules() {
        return List.copyOf(rules);
    }

    CommandParser parser() {
        return parser;
    }

    String workspace() {
        return workspace;
    }

    /// The policy that these rules make; where none fits another decides.
    public Policy over(Policy otherwise) {
        return new RulePolicy(rules, parser, locate, otherwise);
    }

    void add(Rule rule) {
        rules.add(rule);
    }

    /// Whether one more rule would let a permission pass that is asked about without it.
    boolean wouldAllow(Rule rule, Permission permission) {
        List<Rule> more = new ArrayList<>(rules);
        more.add(rule);
        Policy asking = _ -> new Decision.Ask(new RuleId(Layer.DEFAULT, ""), "No rule fits.");
        return new RulePolicy(more, parser, locate, asking).decide(permission) instanceof Decision.Allow;
    }
}
