package dev.fettle.core.permission.rule;

import dev.fettle.core.permission.Layer;
import dev.fettle.core.permission.RuleId;
import dev.fettle.core.permission.Scope;
import dev.fettle.core.permission.rule.Rule.Examples;
import dev.fettle.core.permission.rule.Rule.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The rules that Fettle comes with. Those for paths fit at any depth, because repositories are nested, and
/// absolute paths too.
public final class BuiltInRules {
    private static final List<Rule> ALL = Stream.concat(
                    Arrays.stream(Forbidden.values()).map(BuiltInRules::forbidden),
                    Stream.of(
                            writing(
                                    "git internals",
                                    Verdict.DENY,
                                    "**/.git/**",
                                    "Git's own files run hooks and" + " programs; use git commands instead."),
                            writing(
                                    "git pointer",
                                    Verdict.DENY,
                                    "**/.git",
                                    "This file says where the repository" + " is; use git commands instead."),
                            writing(
                                    "fettle's own files",
                                    Verdict.DENY,
                                    "**/.fettle/**",
                                    "They hold what the agent" + " may do; a person edits them."),
                            writing(
                                    "tool servers",
                                    Verdict.DENY,
                                    "**/.mcp.json",
                                    "It names programs that are" + " started unasked; a person edits it."),
                            asking("editor settings", "**/.vscode/**"),
                            asking("editor project", "**/.idea/**"),
                            asking("commit hooks", "**/.husky/**"),
                            asking("directory environment", "**/.envrc"),
                            asking("settings of Claude Code", "**/.claude/**"),
                            asking("settings of Cursor", "**/.cursor/**"),
                            asking("settings of Codex", "**/.codex/**"),
                            asking("settings of Gemini", "**/.gemini/**")))
            .toList();

    private BuiltInRules() {}

    public static List<Rule> all() {
        return ALL;
    }

    private static Rule forbidden(Forbidden each) {
        return new Rule(
                new RuleId(Layer.BUILT_IN, each.title()),
                new Match.Shape(each),
                each.verdict(),
                Scope.ALWAYS,
                Optional.empty(),
                each.examples(),
                each.reason());
    }

    private static Rule asking(String name, String glob) {
        return writing(name, Verdict.ASK, glob, "Other programs run what this file says.");
    }

    private static Rule writing(String name, Verdict verdict, String glob, String reason) {
        return new Rule(
                new RuleId(Layer.BUILT_IN, name),
                new Match.Path(Match.Path.Access.WRITE, new PathGlob(glob)),
                verdict,
                Scope.ALWAYS,
                Optional.empty(),
                Examples.NONE,
                reason);
    }
}
