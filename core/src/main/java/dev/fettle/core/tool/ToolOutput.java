package dev.fettle.core.tool;

import dev.fettle.core.message.Image;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a tool hands back when it ran.
///
/// @param text bounded; says itself what was cut and how to get the rest
/// @param seen files whose content the model knows from here on: path to SHA-256 in hex
/// @param report what programs are given besides; the model does not see it
public record ToolOutput(String text, List<Image> images, Map<String, String> seen, Optional<Report> report) {
    public ToolOutput {
        images = List.copyOf(images);
        seen = Map.copyOf(seen);
    }

    public ToolOutput(String text, List<Image> images, Map<String, String> seen) {
        this(text, images, seen, Optional.empty());
    }

    public static ToolOutput of(String text) {
        return new ToolOutput(text, List.of(), Map.of());
    }

    public ToolOutput withSeen(String path, String sha256) {
        return new ToolOutput(text, images, Map.of(path, sha256), report);
    }

    public ToolOutput with(Report made) {
        return new ToolOutput(text, images, seen, Optional.of(made));
    }
}
