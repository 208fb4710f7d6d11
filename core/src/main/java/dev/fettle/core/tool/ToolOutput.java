package dev.fettle.core.tool;

import dev.fettle.core.message.Image;
import dev.fettle.core.usage.Spending;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a tool hands back when it ran.
///
/// @param text bounded; says itself what was cut and how to get the rest
/// @param seen files whose content the model knows from here on: path to SHA-256 in hex
/// @param report what programs are given besides; the model does not see it
/// @param spending what it took of the turn's budget
public record ToolOutput(
        String text,
        List<Image> images,
        Map<String, String> seen,
        Optional<Report> report,
        Optional<Spending> spending) {
    public ToolOutput {
        images = List.copyOf(images);
        seen = Map.copyOf(seen);
    }

    public ToolOutput(String text, List<Image> images, Map<String, String> seen) {
        this(text, images, seen, Optional.empty(), Optional.empty());
    }

    public static ToolOutput of(String text) {
        return new ToolOutput(text, List.of(), Map.of());
    }

    public ToolOutput withSeen(String path, String sha256) {
        return new ToolOutput(text, images, Map.of(path, sha256), report, spending);
    }

    public ToolOutput with(Spending spent) {
        return new ToolOutput(text, images, seen, report, Optional.of(spent));
    }

    public ToolOutput with(Report made) {
        return new ToolOutput(text, images, seen, Optional.of(made), spending);
    }
}
