package dev.fettle.code.debug;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What halving a history came to.
///
/// @param steps in the order they were tried
/// @param first the first bad commit; empty if it could not be found
/// @param patch what that commit changes, bounded
/// @param remark what limits the answer, or why there is none; empty if there is nothing to say
public record Bisected(List<Step> steps, Optional<String> first, String patch, String remark) {
    /// A commit that was tried.
    public record Step(String commit, String title, Verdict verdict) {}

    public enum Verdict {
        GOOD,
        BAD,
        /// It fails in another way, or cannot be built.
        SKIPPED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Bisected {
        steps = List.copyOf(steps);
    }

    /// No answer, and why.
    public static Bisected impossible(String remark) {
        return new Bisected(List.of(), Optional.empty(), "", remark);
    }

    /// For people and models.
    public String text() {
        List<String> lines = new ArrayList<>();
        steps.forEach(step -> lines.add(
                "%-7s %s %s".formatted(step.verdict().word(), step.commit().substring(0, 12), step.title())));
        first.ifPresent(commit -> lines.add("First bad commit: " + commit));
        if (!remark.isEmpty()) {
            lines.add(remark);
        }
        if (!patch.isEmpty()) {
            lines.add("");
            lines.add(patch.strip());
        }
        return String.join("\n", lines);
    }

    /// As a JSON object.
    public String json() {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        first.ifPresent(commit -> json.put("first_bad", commit));
        ArrayNode tried = json.putArray("steps");
        steps.forEach(step -> tried.addObject()
                .put("commit", step.commit())
                .put("title", step.title())
                .put("verdict", step.verdict().word()));
        return json.put("remark", remark).toString();
    }
}
