package dev.fettle.server.api;

import dev.fettle.core.audit.Audit;
import dev.fettle.core.audit.AuditEntry;
import dev.fettle.core.idempotency.Idempotency;
import dev.fettle.core.memory.Fact;
import dev.fettle.core.memory.Memory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
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
    private final Map<String, Fact> facts = new HashMap<>();

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
    public synchronized Fact remember(Scope scope, String text) {
        String id = Fact.ID_PREFIX + "%032x".formatted(facts.size() + 1);
        Fact fact = new Fact(id, scope.user(), scope.project(), text, clock.instant(), clock.instant());
        facts.put(id, fact);
        return fact;
    }

    @Override
    public synchronized List<Fact> recall(Scope scope, String query, int limit) {
        return list(scope.user(), 0, limit).stream()
                .filter(fact -> fact.project().isEmpty() || fact.project().equals(scope.project()))
                .filter(fact -> fact.text().contains(query))
                .toList();
    }

    @Override
    public synchronized List<Fact> list(String user, int skip, int limit) {
        return facts.values().stream()
                .filter(fact -> fact.user().equals(user))
                .sorted(Comparator.comparing(Fact::updatedAt)
                        .thenComparing(Fact::id)
                        .reversed())
                .skip(skip)
                .limit(limit)
                .toList();
    }

    private Optional<Fact> own(String user, String id) {
        return Optional.ofNullable(facts.get(id)).filter(fact -> fact.user().equals(user));
    }

    @Override
    public synchronized Optional<Fact> edit(String user, String id, String text) {
        Optional<Fact> edited =
                own(user, id).map(fact -> new Fact(id, user, fact.project(), text, fact.createdAt(), clock.instant()));
        edited.ifPresent(fact -> facts.put(id, fact));
        return edited;
    }

    @Override
    public synchronized boolean forget(String user, String id) {
        return own(user, id).map(fact -> facts.remove(fact.id())).isPresent();
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
