package dev.fettle.server.json;

import java.util.List;

/// What the texts in bodies may be.
///
/// @param longest in characters, for those that do not say otherwise by [MaxLength]
/// @param forbidden what none of them may contain
public record TextRules(int longest, List<ForbiddenText> forbidden) {
    public static final TextRules DEFAULT = new TextRules(10_000, List.of());

    public TextRules {
        if (longest < 1) {
            throw new IllegalArgumentException("No text could be sent: at most %d characters".formatted(longest));
        }
        forbidden = List.copyOf(forbidden);
    }

    public TextRules(int longest) {
        this(longest, List.of());
    }

    boolean isForbidden(String text) {
        return forbidden.stream().anyMatch(each -> each.isIn(text));
    }
}
