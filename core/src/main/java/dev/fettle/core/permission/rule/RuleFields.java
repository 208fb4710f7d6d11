package dev.fettle.core.permission.rule;

import dev.fettle.core.permission.Layer;
import dev.fettle.core.permission.RuleId;
import dev.fettle.core.permission.Scope;
import dev.fettle.core.permission.rule.Match.Path.Access;
import dev.fettle.core.permission.rule.Rule.Examples;
import dev.fettle.core.permission.rule.Rule.Verdict;
import dev.fettle.core.text.Nearest;
import dev.fettle.core.workspace.Reach;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// One object of a policy file. What is wrong with it is added to a list, and reading goes on.
///
/// @param place where the object is, in words that begin a sentence
record RuleFields(JsonNode node, String place, List<String> mistakes) {
    private static final List<String> KEYS =
            List.of("name", "tool", "match", "flags", "reach", "decision", "scope", "project", "examples", "reason");
    private static final Map<String, Verdict> VERDICTS =
            Map.of("allow", Verdict.ALLOW, "ask", Verdict.ASK, "deny", Verdict.DENY);
    private static final Map<String, Scope> SCOPES = Map.of("always", Scope.ALWAYS, "project", Scope.PROJECT);
    private static final Map<String, Reach> REACHES = Map.of("network", Reach.NETWORK, "full", Reach.FULL);
    private static final List<String> TOOLS = List.of("execute", "widen", "read", "write");

    /// The rule, if nothing it needs is missing.
    Optional<Rule> rule(Layer layer) {
        if (!only(KEYS)) {
            return Optional.empty();
        }
        Optional<Match> match = text("tool").flatMap(this::match);
        Optional<Verdict> verdict = word("decision", VERDICTS);
        Scope scope = node.has("scope") ? word("scope", SCOPES).orElse(Scope.ALWAYS) : Scope.ALWAYS;
        Optional<String> project = optionalText("project");
        if (project.isPresent() != (scope == Scope.PROJECT)) {
            wrong("needs both or neither of `scope`: `project` and `project`: the directory it is for");
        }
        Optional<String> name = optionalText("name");
        String reason = optionalText("reason").orElse("");
        Examples examples = examples();
        if (match.isEmpty() || verdict.isEmpty()) {
            return Optional.empty();
        }
        String told =
                reason.isEmpty() && verdict.get() != Verdict.ALLOW ? "A rule of the " + layer + "'s file." : reason;
        return Optional.of(new Rule(
                new RuleId(layer, name.orElse(match.get().describe())),
                match.get(),
                verdict.get(),
                scope,
                project,
                examples,
                told));
    }

    private Optional<Match> match(String tool) {
        boolean isCommand = tool.equals("execute") || tool.equals("widen");
        if (!isCommand && node.has("flags")) {
            wrong("has `flags`, which are for commands");
        }
        if (!tool.equals("widen") && node.has("reach")) {
            wrong("has a `reach`, which is for `tool`: `widen`");
        }
        return switch (tool) {
            case "execute" -> Optional.of(new Match.Words(Reach.SANDBOX, command(), flags()));
            case "widen" -> {
                Reach reach = node.has("reach") ? word("reach", REACHES).orElse(Reach.NETWORK) : Reach.NETWORK;
                yield Optional.of(new Match.Words(reach, command(), flags()));
            }
            case "read" -> text("match").map(glob -> new Match.Path(Access.READ, new PathGlob(glob)));
            case "write" -> text("match").map(glob -> new Match.Path(Access.WRITE, new PathGlob(glob)));
            default -> {
                unknown("tool", tool, TOOLS);
                yield Optional.empty();
            }
        };
    }

    private List<String> command() {
        List<String> words = words("match");
        if (!words.isEmpty() && words.getFirst().startsWith("-")) {
            wrong("has a `match` that begins with `%s`; it has to begin with a program's name"
                    .formatted(words.getFirst()));
        }
        return words;
    }

    private List<String> flags() {
        return node.has("flags") ? words("flags") : List.of();
    }

    private Examples examples() {
        JsonNode given = node.get("examples");
        if (given == null) {
            return Examples.NONE;
        }
        RuleFields fields = new RuleFields(given, place + "'s examples", mistakes);
        return fields.only(List.of("match", "no_match"))
                ? new Examples(fields.optionalWords("match"), fields.optionalWords("no_match"))
                : Examples.NONE;
    }

    /// Whether it is an object with no other keys than these.
    boolean only(Collection<String> keys) {
        if (!node.isObject()) {
            wrong("has to be an object");
            return false;
        }
        int before = mistakes.size();
        for (String given : node.propertyNames()) {
            if (!keys.contains(given)) {
                wrong("has no `%s`%s"
                        .formatted(
                                given,
                                Nearest.to(given, keys)
                                        .map("; did you mean `%s`?"::formatted)
                                        .orElse("; known are %s".formatted(String.join(", ", keys)))));
            }
        }
        return mistakes.size() == before;
    }

    List<JsonNode> objects(String key) {
        JsonNode given = node.get(key);
        if (given == null || !given.isArray()) {
            wrong("needs `%s`, a list".formatted(key));
            return List.of();
        }
        return List.copyOf(given.values());
    }

    private List<String> optionalWords(String key) {
        return node.has(key) ? words(key) : List.of();
    }

    private List<String> words(String key) {
        JsonNode given = node.get(key);
        if (given == null || !given.isArray() || given.values().stream().anyMatch(each -> !each.isString())) {
            wrong("needs `%s`, a list of words such as [\"git\", \"push\"]".formatted(key));
            return List.of();
        }
        return given.values().stream().map(JsonNode::stringValue).toList();
    }

    private Optional<String> optionalText(String key) {
        return node.has(key) ? text(key) : Optional.empty();
    }

    private Optional<String> text(String key) {
        JsonNode given = node.get(key);
        if (given == null || !given.isString() || given.stringValue().isBlank()) {
            wrong("needs `%s`, a text".formatted(key));
            return Optional.empty();
        }
        return Optional.of(given.stringValue());
    }

    private <T> Optional<T> word(String key, Map<String, T> values) {
        Optional<String> given = text(key);
        given.filter(each -> !values.containsKey(each))
                .ifPresent(each ->
                        unknown(key, each, values.keySet().stream().sorted().toList()));
        return given.flatMap(each -> Optional.ofNullable(values.get(each)));
    }

    private void unknown(String key, String given, Collection<String> known) {
        wrong("has `%s`: `%s`%s"
                .formatted(
                        key,
                        given,
                        Nearest.to(given, known)
                                .map("; did you mean `%s`?"::formatted)
                                .orElse("; it has to be one of %s".formatted(String.join(", ", known)))));
    }

    private void wrong(String what) {
        mistakes.add("%s %s%s".formatted(place, what, what.endsWith("?") ? "" : "."));
    }
}
