package dev.fettle.server.api;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// A part of the service that a process may serve alone, so that each can have as many replicas as it needs. Health and
/// the description of what is served are part of all.
public enum Part {
    /// Runs, sessions, workspaces and chats.
    CHAT,
    /// Facts.
    MEMORY,
    /// What agents have to work with: tools and models.
    TOOLS,
    /// Users, keys, tokens and what was spent.
    ADMIN;

    public static final Set<Part> ALL = Collections.unmodifiableSet(EnumSet.allOf(Part.class));

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Those that words name; all, for none.
    ///
    /// @throws IllegalArgumentException with a message for whoever wrote them
    public static Set<Part> of(List<String> words) {
        if (words.isEmpty()) {
            return ALL;
        }
        return words.stream().map(Part::of).collect(Collectors.toCollection(() -> EnumSet.noneOf(Part.class)));
    }

    private static Part of(String word) {
        return ALL.stream()
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no service `%s`; there are: %s."
                        .formatted(word, Arrays.stream(values()).map(Part::word).collect(Collectors.joining(", ")))));
    }
}
