package dev.fettle.core.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class AuditQueryTest {
    @Test
    void eachRestrictionKeepsTheOthers() {
        assertEquals(
                new Audit.Query(Optional.of("usr_ann"), Optional.of("key.create"), OptionalLong.of(7), 20),
                Audit.Query.latest(20).by("usr_ann").of("key.create").before(7));
    }
}
