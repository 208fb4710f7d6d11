package dev.fettle.core.memory;

import dev.fettle.core.text.TextLimit;
import java.time.Instant;
import java.util.Optional;

/// Something a user wants remembered.
///
/// @param id `fact_` and a UUIDv7
/// @param user whose it is, by id
/// @param project what it is about; empty if it holds everywhere
public record Fact(
        String id, String user, Optional<String> project, String text, Instant createdAt, Instant updatedAt) {
    public static final String ID_PREFIX = "fact_";

    private static final TextLimit TEXT = new TextLimit("A fact", 4_000);

    public Fact {
        checkText(text);
    }

    /// Refuses what cannot be a fact.
    ///
    /// @throws IllegalArgumentException with a message for whoever wrote it, if it is blank or too long
    public static void checkText(String text) {
        TEXT.checkFilled(text);
    }
}
