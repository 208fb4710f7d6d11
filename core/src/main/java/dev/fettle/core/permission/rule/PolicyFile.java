package dev.fettle.core.permission.rule;

import dev.fettle.core.permission.Layer;
import dev.fettle.core.permission.command.CommandParser;
import dev.fettle.core.permission.rule.Rule.Verdict;
import dev.fettle.core.workspace.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads a `policy.json`: `{"rules": [{"tool": "execute", "match": ["git", "push"], "decision": "ask",
/// …}]}`.
///
/// Strict: one mistake anywhere and nothing of the file is used, because a rule that was meant and is not
/// there is worse than no agent. All mistakes are told at once.
public final class PolicyFile {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String file;
    private final Layer layer;
    private final CommandParser parser;
    private final List<String> mistakes = new ArrayList<>();

    private PolicyFile(String file, Layer layer, CommandParser parser) {
        this.file = file;
        this.layer = layer;
        this.parser = parser;
    }

    /// The rules in a file's text.
    ///
    /// @param file its name, for messages
    /// @throws PolicyFileException naming every mistake
    public static List<Rule> parse(String file, String json, Layer layer, CommandParser parser) {
        return new PolicyFile(file, layer, parser).rules(json);
    }

    /// A file's text with one more rule, one that allows a command.
    ///
    /// @param json the text as it is; empty if there is no file yet
    /// @param match the words and the reach of the rule
    /// @throws PolicyFileException if the text has mistakes; it is then left as it is
    public static String with(String file, String json, Rule rule, Match.Words match, CommandParser parser) {
        String present = json.isBlank() ? "{\"rules\": []}" : json;
        parse(file, present, Layer.USER, parser);
        ObjectNode root = (ObjectNode) MAPPER.readTree(present);
        ObjectNode added = ((ArrayNode) root.get("rules")).addObject();
        added.put("tool", match.tool());
        match.words().forEach(added.putArray("match")::add);
        if (match.reach() != Reach.SANDBOX) {
            added.put("reach", match.reach().toString());
        }
        added.put("decision", rule.verdict().toString())
                .put("scope", rule.scope().toString());
        rule.project().ifPresent(each -> added.put("project", each));
        rule.examples().match().forEach(added.putObject("examples").putArray("match")::add);
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private List<Rule> rules(String json) {
        List<Rule> rules = new ArrayList<>();
        try {
            JsonNode root = MAPPER.readTree(json);
            RuleFields fields = new RuleFields(root, "The file", mistakes);
            fields.only(List.of("rules"));
            List<JsonNode> nodes = fields.objects("rules");
            for (int i = 0; i < nodes.size(); i++) {
                rule(nodes.get(i), "Rule %d".formatted(i + 1)).ifPresent(rules::add);
            }
        } catch (JacksonException e) {
            mistakes.add("It is not valid JSON: %s (line %d)."
                    .formatted(
                            e.getOriginalMessage(),
                            e.getLocation() == null ? 1 : e.getLocation().getLineNr()));
        }
        if (mistakes.isEmpty()) {
            rules.forEach(this::checkExamples);
        }
        if (!mistakes.isEmpty()) {
            throw new PolicyFileException(file, mistakes);
        }
        return List.copyOf(rules);
    }

    private Optional<Rule> rule(JsonNode node, String place) {
        int before = mistakes.size();
        Optional<Rule> rule = new RuleFields(node, place, mistakes).rule(layer);
        rule.ifPresent(each -> checkLayer(each, place));
        return mistakes.size() == before ? rule : Optional.empty();
    }

    private void checkLayer(Rule rule, String place) {
        if (rule.verdict() != Verdict.ALLOW) {
            return;
        }
        if (layer == Layer.PROJECT) {
            mistakes.add(
                    "%s (`%s`) allows something; a project's file may only ask or deny. Put it into your own policy.json."
                            .formatted(place, rule.id().name()));
        } else if (rule.match() instanceof Match.Words words && words.words().isEmpty()) {
            mistakes.add("%s (`%s`) allows every command; name at least one word in `match`."
                    .formatted(place, rule.id().name()));
        }
    }

    private void checkExamples(Rule rule) {
        for (String example : rule.examples().match()) {
            if (!RulePolicy.fits(rule, example, parser)) {
                mistakes.add("Rule `%s` should fit its example `%s`, but does not."
                        .formatted(rule.id().name(), example));
            }
        }
        for (String example : rule.examples().noMatch()) {
            if (RulePolicy.fits(rule, example, parser)) {
                mistakes.add("Rule `%s` should not fit its example `%s`, but does."
                        .formatted(rule.id().name(), example));
            }
        }
    }
}
