package dev.fettle.cli;

import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.usage.Amount;
import dev.fettle.core.usage.Ledger;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Usage;
import dev.fettle.testkit.ScriptedModel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class UsageCommandTest {
    private final Terminal terminal = new Terminal();

    private void call(String session, String model, Usage usage, Optional<Money> cost) {
        Ledger.Purchase purchase = new Ledger.Purchase("ann", session, Amount.ZERO, Duration.ofMinutes(1));
        terminal.ledger.settle(
                (Ledger.Admission.Reserved) terminal.ledger.reserve(purchase, List.of()),
                new Ledger.Charge(model, usage, cost));
    }

    private void twoDays() {
        call("one", "test/dear", new Usage(1_000, 20_000, 234, 500, 100), Optional.of(Money.of("1.25")));
        terminal.clock.advance(Duration.ofDays(1));
        call("one", "test/dear", new Usage(10, 0, 0, 5, 0), Optional.of(Money.of("0.001")));
        call("two", "test/free", new Usage(1, 0, 0, 1, 0), Optional.empty());
    }

    @Test
    void showsATableWithTotals() {
        twoDays();
        assertEquals(0, terminal.type("usage"));
        assertEquals("""
                DAY                CALLS         INPUT        CACHED        OUTPUT     REASONING          COST
                2026-11-21             1         1,234        20,000           500           100         $1.25
                2026-11-22             2            11             0             6             0     $0.0010+?
                total                  3         1,245        20,000           506           100       $1.25+?
                """, terminal.out);
        assertTrue(terminal.err.startsWith("1 call(s) are not in the costs"), terminal.err);
    }

    @Test
    void groupsByModelFromADayOn() {
        twoDays();
        assertEquals(0, terminal.type("usage", "--by", "model", "--since", "2026-11-22"));
        assertEquals(
                List.of("MODEL", "test/dear", "test/free", "total"),
                terminal.out.lines().map(line -> line.split(" ", 2)[0]).toList());
        assertTrue(terminal.out.contains("unknown"), terminal.out);
    }

    @Test
    void jsonHasEveryKindOfToken() {
        twoDays();
        assertEquals(0, terminal.type("usage", "--by", "session", "--json"));
        JsonNode json = JsonMapper.shared().readTree(terminal.out);
        assertEquals("session", json.path("by").asString());
        assertEquals(
                List.of("one", "two"),
                json.path("rows")
                        .valueStream()
                        .map(row -> row.path("key").asString())
                        .toList());
        assertEquals(JsonMapper.shared().readTree("""
                        {"calls": 3,
                         "usage": {"input_tokens": 1011, "cache_read_tokens": 20000, "cache_write_tokens": 234,
                                   "output_tokens": 506, "reasoning_tokens": 100},
                         "cost_usd": "1.251",
                         "unpriced_calls": 1}"""), json.path("total"));
    }

    @Test
    void saysThatThereIsNothingYet() {
        assertEquals(0, terminal.type("usage"));
        assertEquals("", terminal.out);
        assertEquals("No model has been called yet; `fettle run` enters each call here.\n", terminal.err);
        assertEquals(0, terminal.type("usage", "--since", "2026-11-01"));
        assertTrue(terminal.err.contains("since 2026-11-01"), terminal.err);
        assertEquals(0, terminal.type("usage", "--json"));
        assertEquals(0, JsonMapper.shared().readTree(terminal.out).path("rows").size());
    }

    @Test
    void aRunIsInTheLedgerEvenWhenItsSessionIsDeleted() {
        terminal.model = ScriptedModel.answering(text("done"));
        assertEquals(0, terminal.type("run", "--yes", "go"));
        assertEquals(0, terminal.type("sessions", "delete", "--yes", "latest"));
        assertEquals(0, terminal.type("usage", "--by", "user"));
        assertTrue(terminal.out.lines().anyMatch(line -> line.matches("ann +1 .*unknown")), terminal.out);
    }

    @Test
    void aKeyOrADayThatIsNoneIsRefused() {
        assertEquals(2, terminal.type("usage", "--by", "week"));
        assertTrue(terminal.err.contains("week"), terminal.err);
        assertEquals(2, terminal.type("usage", "--since", "yesterday"));
        assertTrue(terminal.err.contains("yesterday"), terminal.err);
        assertEquals(0, terminal.type("usage", "--help"));
        assertTrue(terminal.out.contains("fettle usage --by model --since"), terminal.out);
    }

    @Test
    void aModelWithoutAPriceCanBeAllowed() {
        terminal.model = ScriptedModel.answering(text("done"));
        terminal.type("run", "--yes", "--allow-unpriced", "go");
        assertEquals("true", terminal.lastFlags.settings().get("AGENT_ALLOW_UNPRICED"));
    }
}
