package dev.fettle.store.sql;

import dev.fettle.core.audit.Audit;
import dev.fettle.core.idempotency.Idempotency;
import dev.fettle.core.memory.Meanings;
import dev.fettle.core.memory.Memory;
import dev.fettle.core.user.Keys;
import dev.fettle.core.user.Users;
import java.time.InstantSource;

/// What a server keeps beside sessions, runs and costs.
public record Books(Sql sql, InstantSource clock) {
    public Users users() {
        return new SqlUsers(sql, clock);
    }

    public Keys keys() {
        return new SqlKeys(sql, clock);
    }

    public Audit audit() {
        return new SqlAudit(sql, clock);
    }

    /// The requests that are not to be done twice.
    public Idempotency idempotency() {
        return new SqlIdempotency(sql, clock);
    }

    public Memory memory() {
        return new SqlMemory(sql, clock);
    }

    /// Of the facts in [#memory].
    public Meanings meanings() {
        return new SqlMemory(sql, clock);
    }
}
