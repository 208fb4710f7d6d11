package dev.fettle.store.sql;

import java.util.List;
import java.util.stream.Collectors;

/// What the two databases say differently.
public enum Dialect {
    SQLITE {
        @Override
        String day(String millis) {
            return "date(" + millis + " / 1000, 'unixepoch')";
        }

        @Override
        public String instant(String millis) {
            return millis;
        }

        @Override
        public String storable(String text) {
            return text;
        }

        @Override
        public Object payload(String text) {
            return Packed.of(text);
        }

        @Override
        public String rowLock() {
            // A transaction that writes is alone anyway.
            return "";
        }

        @Override
        String anyOf(List<String> words) {
            return words.stream().map("\"%s\""::formatted).collect(Collectors.joining(" OR "));
        }

        @Override
        String factsMatching() {
            // The words first: asked for in any order, SQLite would look each of a user's facts up in their index.
            return "fact_words cross join fact on number = fact_words.rowid where fact_words match ?";
        }

        @Override
        String relevanceOfFacts() {
            // The better, the smaller (https://sqlite.org/fts5.html#the_bm25_function).
            return "-bm25(fact_words)";
        }

        @Override
        String inList() {
            return "in (select value from json_each('[\"' || replace(?, ',', '\",\"') || '\"]'))";
        }
    },
    POSTGRES {
        @Override
        String day(String millis) {
            return "to_char(to_timestamp(" + millis + " / 1000) at time zone 'UTC', 'YYYY-MM-DD')";
        }

        @Override
        public String instant(String millis) {
            return "to_timestamp(" + millis + " / 1000.0)";
        }

        @Override
        public String storable(String text) {
            // The one character that its texts cannot hold.
            return text.replace('\0', '\uFFFD');
        }

        @Override
        public Object payload(String text) {
            return storable(text);
        }

        @Override
        public String rowLock() {
            return " for update";
        }

        @Override
        String anyOf(List<String> words) {
            return words.stream().map("'%s'"::formatted).collect(Collectors.joining(" | "));
        }

        @Override
        String factsMatching() {
            return "fact cross join to_tsquery('simple', ?) as wanted where document @@ wanted";
        }

        @Override
        String relevanceOfFacts() {
            // Long texts are put at a disadvantage, as the other database does.
            return "ts_rank(document, wanted, 1)";
        }

        @Override
        String inList() {
            return "= any (string_to_array(?, ','))";
        }
    };

    /// The day of UTC, as in `2026-11-21`, of a column with milliseconds since 1970.
    abstract String day(String millis);

    /// Milliseconds since 1970 as db-scheduler keeps a moment.
    public abstract String instant(String millis);

    /// A text as the database can hold it.
    public abstract String storable(String text);

    /// The payload of an event as the database can hold it.
    public abstract Object payload(String text);

    /// What ends a `select` whose row nobody else may change until the transaction ends.
    public abstract String rowLock();

    /// A search for any of some words, which hold letters, marks and digits only.
    abstract String anyOf(List<String> words);

    /// Where the facts come from that a search finds, up to and with that condition.
    abstract String factsMatching();

    /// Whether what stands before it is among ids that are one parameter, with commas between.
    abstract String inList();

    /// The better a fact found answers the search, the greater.
    abstract String relevanceOfFacts();
}
