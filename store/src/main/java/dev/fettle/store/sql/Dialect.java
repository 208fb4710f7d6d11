package dev.fettle.store.sql;

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
        public String rowLock() {
            // A transaction that writes is alone anyway.
            return "";
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
        public String rowLock() {
            return " for update";
        }
    };

    /// The day of UTC, as in `2026-11-21`, of a column with milliseconds since 1970.
    abstract String day(String millis);

    /// Milliseconds since 1970 as db-scheduler keeps a moment.
    public abstract String instant(String millis);

    /// What ends a `select` whose row nobody else may change until the transaction ends.
    public abstract String rowLock();
}
