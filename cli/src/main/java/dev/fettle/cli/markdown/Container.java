package dev.fettle.cli.markdown;

/// What blocks stand in.
sealed interface Container {
    record Quote() implements Container {}

    /// One item of a list.
    ///
    /// @param kind the character that tells one list from the next: `-`, `+`, `*`, `.` or `)`
    /// @param number of an ordered list
    /// @param task how a task stands: a space or an x; nothing if it is none
    /// @param indent columns by which what belongs to it is indented in the source
    record Item(char kind, int number, String task, int indent) implements Container {
        boolean isOrdered() {
            return kind == '.' || kind == ')';
        }

        Item numbered(int other) {
            return new Item(kind, other, task, indent);
        }
    }
}
