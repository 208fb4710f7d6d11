package dev.fettle.store.upkeep;

import dev.fettle.core.idempotency.Idempotency;
import dev.fettle.core.memory.Memory;
import dev.fettle.core.run.RunRequest;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventLog;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.SessionStore;
import dev.fettle.core.usage.Amount;
import dev.fettle.core.usage.Ledger;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Usage;
import dev.fettle.core.user.KeyScope;
import dev.fettle.core.user.Keys;
import dev.fettle.core.user.Role;
import dev.fettle.core.user.User;
import dev.fettle.store.run.Runs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A database with something in every table.
///
/// @param session one with events and an open run
record Filled(User user, Keys.Created key, SessionId session) {
    static final String ODD = "Übung \u2028 \uD83D\uDE00 \u0007 \"\\ \t</script>";

    static Filled of(SessionStore sessions, Ledger ledger, Runs runs, Upkeep upkeep) {
        User user = upkeep.books().users().add("ann", Role.ADMIN);
        Keys.Created key = upkeep.books().keys().create(user.id(), "CI", Set.of(KeyScope.RUN));
        SessionId session = sessions.create("/work", ODD, user.id()).id();
        turn(sessions, session, ODD);
        runs.queue().submit(session, new RunRequest(ODD, List.of(), Map.of("LLM_MODEL", "a/b"), true));
        sessions.fork(session);
        charge(ledger, user.id(), session, Optional.of(Money.of("1.25")));
        charge(ledger, user.id(), session, Optional.empty());
        for (int i = 0; i < 12; i++) {
            upkeep.books().audit().append(user.id(), "key.create", key.key().id(), "entry " + i);
        }
        upkeep.books().memory().remember(Memory.Scope.project(user.id(), "/work"), "The build uses Maven. " + ODD);
        upkeep.books().memory().remember(Memory.Scope.everywhere(user.id()), "Tabs are four blanks.");
        upkeep.books().idempotency().begin(new Idempotency.Request(user.id(), "k", "print", Duration.ofMinutes(1)));
        upkeep.reports().keep(upkeep.reports().yesterday());
        return new Filled(user, key, session);
    }

    static void turn(SessionStore sessions, SessionId session, String prompt) {
        try (EventLog log = sessions.open(session)) {
            log.append(new Event.SessionStarted("/work", ("Be brief. " + prompt).repeat(100)));
            log.append(new Event.UserSaid(prompt, List.of()));
            log.append(new Event.TurnEnded(new Outcome.Completed()));
        }
    }

    static void charge(Ledger ledger, String user, SessionId session, Optional<Money> cost) {
        Ledger.Purchase purchase =
                new Ledger.Purchase(user, session.value(), new Amount(Money.ZERO, 10), Duration.ofMinutes(1));
        if (ledger.reserve(purchase, List.of()) instanceof Ledger.Admission.Reserved reserved) {
            ledger.settle(reserved, new Ledger.Charge("a/b", new Usage(100, 20, 3, 40, 5), cost));
        }
    }
}
