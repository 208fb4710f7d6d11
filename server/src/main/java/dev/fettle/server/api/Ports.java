package dev.fettle.server.api;

import dev.fettle.core.audit.Audit;
import dev.fettle.core.cache.Cache;
import dev.fettle.core.feed.Feed;
import dev.fettle.core.idempotency.Idempotency;
import dev.fettle.core.limit.SharedCells;
import dev.fettle.core.memory.Memory;
import dev.fettle.core.monitor.Statistics;
import dev.fettle.core.run.RunQueue;
import dev.fettle.core.session.SessionStore;
import dev.fettle.core.tool.Toolbox;
import dev.fettle.core.usage.Ledger;
import dev.fettle.core.user.Keys;
import dev.fettle.core.user.Users;
import dev.fettle.core.workflow.CodeFacts;
import dev.fettle.server.token.Tokens;
import java.util.Optional;

/// What the service works on.
///
/// @param cells in which replicas count together how often they are asked
public record Ports(
        SessionStore sessions,
        Feed feed,
        RunQueue runs,
        Ledger ledger,
        Users users,
        Keys keys,
        Audit audit,
        Idempotency idempotency,
        Memory memory,
        Tokens tokens,
        Optional<SharedCells> cells,
        Toolbox tools,
        Statistics statistics,
        Grounds grounds,
        Cache cache,
        CodeFacts facts) {}
