package dev.fettle.server.api;

import dev.fettle.core.audit.Audit;
import dev.fettle.core.audit.AuditEntry;
import dev.fettle.core.idempotency.Idempotency;
import dev.fettle.core.memory.Fact;
import dev.fettle.core.memory.Memory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The other books of a server, as long as the test lives.
final class Desk implements Audit, Idempotency, Memory {
    final List<String> noted = new ArrayList<>();
    private final InstantSource clock;
    private final Map<String, Request> begun = new HashMap<>();
    private final Map<String, Response> finished = new HashMap<>();

    Desk(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized AuditEntry append(String user, String action, String subject, String detail) {
        noted.add(action);
        return new AuditEntry(clock.instant(), user, action, subject, detail);
    }

    @Override
    public Audit.Page page(Audit.Query query) {
        return new Audit.Page(List.of(), OptionalLong.empty());
    }

    private static String name(Request request) {
        return request.user() + " " + request.key();
    }

    @Override
    public synchronized Start begin(Request request) {
        Request first = begun.get(name(request));
        if (first == null) {
            begun.put(name(request), request);
            return new Start.Begun(request, "token");
        }
        if (!first.fingerprint().equals(request.fingerprint())) {
            return new Start.Mismatch();
        }
        Response response = finished.get(name(request));
        return response == null ? new Start.InProgress() : new Start.Replay(response);
    }

    @Override
    public synchronized void finish(Start.Begun done, Response response) {
        finished.put(name(done.request()), response);
    }

    @Override
    public synchronized void abandon(Start.Begun given) {
        begun.remove(name(given.request()));
    }

    @Override
    public int dropExpired() {
        return 0;
    }

    @Override
    public Fact remember(Scope scope, String text) {
        throw new UnsupportedOperationException("Nothing here asks for it");
    }

    @Override
    public List<Fact> recall(Scope scope, String query, int limit) {
        return List.of();
    }

    @Override
    public List<Fact> list(String user, int skip, int limit) {
        return List.of();
    }

    @Override
    public Optional<Fact> edit(String user, String id, String text) {
        return Optional.empty();
    }

    @Override
    public boolean forget(String user, String id) {
        return false;
    }

    @Override
    public Statistics statistics(String user) {
        return new Statistics(3, 20, 1, Optional.empty());
    }

    @Override
    public int dropOlderThan(Instant moment) {
        return 0;
    }
}
