package dev.fettle.bench.engine;

import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.permission.Permission;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.SessionStore;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.usage.Amount;
import dev.fettle.core.usage.Ledger;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Usage;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What keeping a step costs by itself, without the agent, its tools and the model: an answer with its charge, then
/// a call with its decision and its result, by one thread in one session after the other.
final class StoreAlone {
    private static final int STEPS = 20;
    private static final int SESSIONS = 200;
    private static final int WARM_UP = 100;

    private final SessionStore sessions;
    private final Ledger ledger;

    StoreAlone(SessionStore sessions, Ledger ledger) {
        this.sessions = sessions;
        this.ledger = ledger;
    }

    void measure(String name) {
        for (int i = 0; i < WARM_UP; i++) {
            session(new ArrayList<>());
        }
        List<Long> times = new ArrayList<>();
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (int i = 0; i < SESSIONS; i++) {
            session(times);
        }
        double spent = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e6 / times.size();
        times.sort(null);
        System.out.printf(
                "%-26s %10s %16.2f %12.2f %12.2f%n",
                name, "", spent, times.get(times.size() / 2) / 1e6, times.get(times.size() * 99 / 100) / 1e6);
    }

    private void session(List<Long> times) {
        SessionId id = sessions.create("/work", "steps", "user").id();
        try (EventLog log = sessions.open(id)) {
            log.append(new Event.UserSaid("Go through it step by step.", List.of()));
            for (int step = 0; step < STEPS; step++) {
                long begun = System.nanoTime();
                keep(log, id, "call_" + step);
                times.add(System.nanoTime() - begun);
            }
        }
    }

    private void keep(EventLog log, SessionId id, String call) {
        Ledger.Purchase purchase =
                new Ledger.Purchase("user", id.value(), new Amount(Money.of("1"), 9_000), Duration.ofMinutes(1));
        if (!(ledger.reserve(purchase, List.of()) instanceof Ledger.Admission.Reserved reserved)) {
            throw new IllegalStateException("No budget refuses it");
        }
        Usage usage = new Usage(8_000, 0, 0, 50, 0);
        Money cost = Money.of("0.0123");
        log.append(
                List.of(new Event.AssistantSaid(
                        "test/model",
                        List.of(new ToolCall(call, "ls", "{\"path\":\".\"}")),
                        StopReason.TOOL_CALLS,
                        usage,
                        cost,
                        100)),
                () -> ledger.settle(reserved, new Ledger.Charge("test/model", usage, Optional.of(cost))));
        log.append(List.of(
                new Event.PermissionDecided(call, new Permission.Read("."), true, "policy", "built-in:read", ""),
                new Event.ToolStarted(call, "ls", Effect.READ),
                new Event.ToolFinished(ToolResult.ok(call, "src\npom.xml\n".repeat(20)), Map.of(), 1)));
    }
}
