package dev.fettle.server.api;

import dev.fettle.core.audit.Audit;
import dev.fettle.core.idempotency.Idempotency;
import dev.fettle.core.memory.Memory;
import dev.fettle.core.run.RunQueue;
import dev.fettle.core.session.SessionStore;
import dev.fettle.core.usage.Ledger;
import dev.fettle.core.user.Keys;
import dev.fettle.core.user.Users;

/// What the routes work on.
public record Ports(
        SessionStore sessions,
        RunQueue runs,
        Ledger ledger,
        Users users,
        Keys keys,
        Audit audit,
        Idempotency idempotency,
        Memory memory,
        Grounds grounds) {}
