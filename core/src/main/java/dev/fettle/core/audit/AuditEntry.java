package dev.fettle.core.audit;

import dev.fettle.core.text.TextLimit;
import java.time.Instant;

/// That somebody did something.
///
/// @param at by the store's clock
/// @param user the id of whoever did it
/// @param action what was done, in words that can be asked for: `key.revoke`
/// @param subject the id of what it was done to
/// @param detail whatever else should be known, or nothing
public record AuditEntry(Instant at, String user, String action, String subject, String detail) {
    private static final TextLimit USER = new TextLimit("The user of an audit entry", 100);
    private static final TextLimit ACTION = new TextLimit("The action of an audit entry", 100);
    private static final TextLimit SUBJECT = new TextLimit("The subject of an audit entry", 500);
    private static final TextLimit DETAIL = new TextLimit("The detail of an audit entry", 4_000);

    public AuditEntry {
        USER.checkFilled(user);
        ACTION.checkFilled(action);
        SUBJECT.check(subject);
        DETAIL.check(detail);
    }
}
