package dev.fettle.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.memory.Fact;
import dev.fettle.core.memory.Meaning;
import dev.fettle.core.memory.Meanings;
import dev.fettle.core.memory.Memory;
import dev.fettle.core.memory.Memory.Scope;
import dev.fettle.core.memory.Memory.Statistics;
import dev.fettle.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every [Memory] does. An implementation's test extends this and says how to make one.
public abstract class MemoryContract {
    private static final Scope ANN = Scope.everywhere("usr_ann");
    private static final Scope BOB = Scope.everywhere("usr_bob");
    private static final Scope SHOP = Scope.project("usr_ann", "/work/shop");

    protected final SettableClock clock = new SettableClock();

    /// The memory under test, empty at first and timed by [#clock].
    protected abstract Memory memory();

    /// Of the facts in [#memory].
    protected abstract Meanings meanings();

    /// Each a moment after the one before.
    private Fact remember(Scope scope, String text) {
        clock.advance(Duration.ofMillis(1));
        return memory().remember(scope, text);
    }

    private List<String> recalled(Scope scope, String query) {
        return memory().recall(scope, query, 10).stream().map(Fact::text).toList();
    }

    @Test
    void whatIsRememberedIsRecalledByItsWords() {
        Instant now = clock.instant();
        Fact fact = memory().remember(SHOP, "The tests run with `make check`.");

        assertTrue(fact.id().matches("fact_[0-9a-f]{32}"), fact.id());
        assertEquals(
                new Fact(fact.id(), "usr_ann", Optional.of("/work/shop"), "The tests run with `make check`.", now, now),
                fact);
        assertEquals(List.of(fact), memory().recall(SHOP, "how do I run the TESTS?", 10));
        assertEquals(List.of(), memory().recall(SHOP, "deployment", 10));
    }

    @Test
    void theMoreRelevantComesFirst() {
        remember(ANN, "Deploy on Fridays is forbidden.");
        remember(ANN, "Deploy with the script bin/deploy to staging first.");
        remember(ANN, "The coffee machine is on the second floor.");
        remember(ANN, "Staging is rebuilt every night, and whoever needs it longer asks Tom.");

        assertEquals(
                List.of(
                        "Deploy with the script bin/deploy to staging first.",
                        "Staging is rebuilt every night, and whoever needs it longer asks Tom.",
                        "Deploy on Fridays is forbidden."),
                sortedAfterFirst(recalled(ANN, "deploy staging")));
        assertEquals(1, memory().recall(ANN, "deploy staging", 1).size());
    }

    /// The databases weigh alike what has one word, and differ in the last decimal.
    private static List<String> sortedAfterFirst(List<String> texts) {
        assertEquals(3, texts.size(), texts::toString);
        return List.of(
                texts.getFirst(),
                texts.stream().skip(1).max(String::compareTo).orElseThrow(),
                texts.stream().skip(1).min(String::compareTo).orElseThrow());
    }

    @Test
    void ofTheEquallyRelevantTheLatestComesFirst() {
        remember(ANN, "port 8080 one");
        remember(ANN, "port 8080 two");
        remember(ANN, "port 8080 six");

        assertEquals(List.of("port 8080 six", "port 8080 two", "port 8080 one"), recalled(ANN, "8080"));
    }

    @Test
    void nobodyIsShownAnothersFactsNorChangesThem() {
        Fact mine = remember(ANN, "The password hint is a fish.");

        assertEquals(List.of(), recalled(BOB, "fish"));
        assertEquals(List.of(), memory().list("usr_bob", 0, 10));
        assertEquals(Optional.empty(), memory().edit("usr_bob", mine.id(), "a cat"));
        assertFalse(memory().forget("usr_bob", mine.id()));
        assertEquals(new Statistics(0, 0, 0, Optional.empty()), memory().statistics("usr_bob"));
        assertEquals(List.of(mine), memory().recall(ANN, "fish", 10));
    }

    @Test
    void aProjectSeesItsOwnFactsAndThoseOfNone() {
        remember(ANN, "tabs everywhere");
        remember(SHOP, "tabs in the shop");
        remember(Scope.project("usr_ann", "/work/other"), "tabs in the other");

        assertEquals(List.of("tabs everywhere"), recalled(ANN, "tabs"));
        assertEquals(
                List.of("tabs everywhere", "tabs in the shop"),
                recalled(SHOP, "tabs").stream().sorted().toList());
    }

    @Test
    void everyTextIsAQuery() {
        remember(ANN, "Use NEAR or AND, not c++ nor foo-bar: it's 100% \"quoted\".");
        for (String query : List.of(
                "\"",
                "'",
                "''",
                "\\",
                "*",
                "(",
                ")",
                "a AND",
                "NOT",
                "OR OR",
                "NEAR(",
                "NEAR(a b, 5)",
                "words:x",
                "{a b} : c",
                "^x",
                "-x",
                "x*",
                "& | !",
                "a:*",
                "a <-> b",
                "!!a",
                "%",
                "_",
                ";--",
                "$1",
                "?",
                "\0",
                "\n\t",
                "\uD800",
                "\u0301",
                "\u0301 \u0301x ½ ⅷ ①",
                "😀",
                "x".repeat(100_000),
                "word ".repeat(10_000),
                "")) {
            memory().recall(ANN, query, 10);
        }

        for (String query : List.of("\"quoted", "c++", "foo-bar'", "NEAR", "and", "100%", "(it's)", "x:bar*")) {
            assertEquals(1, recalled(ANN, query).size(), query);
        }
        assertEquals(List.of(), recalled(ANN, "*"));
    }

    @Test
    void wordsOfAllAlphabetsAreFound() {
        remember(ANN, "Überprüfe das Straßenverzeichnis");
        remember(ANN, "Запусти тесты перед коммитом");
        remember(ANN, "用户喜欢深色主题");
        remember(ANN, "ｆｕｌｌ width, e\u0301tat");

        assertEquals(1, recalled(ANN, "ÜBERPRÜFE").size());
        assertEquals(1, recalled(ANN, "ТЕСТЫ").size());
        assertEquals(1, recalled(ANN, "喜欢").size());
        assertEquals(1, recalled(ANN, "FULL").size());
        assertEquals(1, recalled(ANN, "État").size());
        assertEquals(1, recalled(ANN, "straßenverzeichnis").size());
    }

    @Test
    void whatIsEditedIsFoundByItsNewWordsOnly() {
        Fact fact = remember(SHOP, "The build uses ant.");
        clock.advance(Duration.ofDays(1));

        Fact edited =
                memory().edit("usr_ann", fact.id(), "The build uses maven.").orElseThrow();

        assertEquals(
                new Fact(
                        fact.id(),
                        "usr_ann",
                        Optional.of("/work/shop"),
                        "The build uses maven.",
                        fact.createdAt(),
                        clock.instant()),
                edited);
        assertEquals(List.of(edited), memory().recall(SHOP, "maven", 10));
        assertEquals(List.of(), memory().recall(SHOP, "ant", 10));
    }

    private List<String> meant(Scope scope, String model) {
        return meanings().known(scope, model).stream()
                .map(known -> "%s %s"
                        .formatted(
                                known.fact().text(),
                                known.meaning()
                                        .map(meaning -> Math.round(meaning.likeness(Meaning.of(new float[] {1, 0}))))
                                        .map(String::valueOf)
                                        .orElse("unread")))
                .toList();
    }

    @Test
    void whatAFactMeansIsKeptUntilItSaysSomethingElse() {
        Fact everywhere = remember(ANN, "tabs everywhere");
        Fact shop = remember(SHOP, "tabs in the shop");
        remember(Scope.project("usr_ann", "/work/other"), "another project's");
        Fact bobs = remember(BOB, "another's");
        Meaning alike = Meaning.of(new float[] {3, 0});
        Meaning other = Meaning.of(new float[] {0, 5});

        meanings().keep("m/1", Map.of(everywhere, alike, shop, other, bobs, alike));

        assertEquals(List.of("tabs in the shop 0", "tabs everywhere 1"), meant(SHOP, "m/1"));
        assertEquals(List.of("tabs everywhere 1"), meant(ANN, "m/1"));
        assertEquals(List.of("tabs in the shop unread", "tabs everywhere unread"), meant(SHOP, "m/2"));
        assertEquals(List.of("another's 1"), meant(BOB, "m/1"));

        clock.advance(Duration.ofMillis(1));
        memory().edit("usr_ann", everywhere.id(), "blanks everywhere");
        meanings().keep("m/1", Map.of(everywhere, alike));
        memory().forget("usr_ann", shop.id());
        meanings().keep("m/2", Map.of(shop, other));

        assertEquals(List.of("blanks everywhere unread"), meant(SHOP, "m/1"));
    }

    @Test
    void whatIsForgottenIsGone() {
        Fact fact = remember(ANN, "The build uses ant.");

        assertTrue(memory().forget("usr_ann", fact.id()));

        assertFalse(memory().forget("usr_ann", fact.id()));
        assertEquals(Optional.empty(), memory().edit("usr_ann", fact.id(), "x"));
        assertEquals(List.of(), recalled(ANN, "ant"));
        assertEquals(List.of(), memory().list("usr_ann", 0, 10));
    }

    @Test
    void listsThoseChangedLastFirst() {
        Fact one = remember(ANN, "one");
        Fact two = remember(SHOP, "two");
        Fact three = remember(ANN, "three");
        remember(BOB, "another's");
        clock.advance(Duration.ofMillis(1));
        Fact edited = memory().edit("usr_ann", one.id(), "one, edited").orElseThrow();

        assertEquals(List.of(edited, three, two), memory().list("usr_ann", 0, 10));
        assertEquals(List.of(three), memory().list("usr_ann", 1, 1));
        assertEquals(List.of(), memory().list("usr_ann", 3, 1));
    }

    @Test
    void addsUpWhatThereIs() {
        remember(ANN, "four");
        remember(SHOP, "fünf 喜欢");
        remember(SHOP, "six");

        assertEquals(new Statistics(3, 14, 1, Optional.of(clock.instant())), memory().statistics("usr_ann"));
    }

    @Test
    void theCleanUpRemovesWhatNobodyChangedForLong() {
        remember(ANN, "old and useless");
        Fact edited = remember(ANN, "old and mended");
        clock.advance(Duration.ofDays(30));
        memory().edit("usr_ann", edited.id(), "as good as new");
        Instant moment = clock.instant();
        clock.advance(Duration.ofDays(30));

        assertEquals(1, memory().dropOlderThan(moment));

        assertEquals(List.of("as good as new"), recalled(ANN, "old useless mended good"));
    }

    @Test
    void whatCannotBeKeptIsRefusedInWords() {
        Fact fact = remember(ANN, "stays");
        for (String text : List.of("", " \n", "x".repeat(4_001), "a\0b")) {
            assertThrows(IllegalArgumentException.class, () -> memory().remember(ANN, text));
            assertThrows(IllegalArgumentException.class, () -> memory().edit("usr_ann", fact.id(), text));
        }
        assertEquals(
                "A fact may have 4000 characters at most; this has 4001. Shorten it.",
                assertThrows(IllegalArgumentException.class, () -> memory().remember(ANN, "x".repeat(4_001)))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> Scope.project("usr_ann", "x".repeat(501)));
        assertThrows(IllegalArgumentException.class, () -> memory().recall(ANN, "x", 0));
        assertThrows(IllegalArgumentException.class, () -> memory().list("usr_ann", 0, 1_001));
        assertEquals(List.of(fact), memory().list("usr_ann", 0, 10));
    }
}
