package dev.fettle.core.todo;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.fettle.core.tool.Describe;
import java.util.Locale;

/// One thing to be done.
public record Todo(
        @Describe("What is to be done, in a few words.") String text,

        @Describe("How far it is.") State state) {
    /// How far it is.
    public enum State {
        @JsonProperty("open")
        OPEN(' '),
        @JsonProperty("in_progress")
        IN_PROGRESS('~'),
        @JsonProperty("done")
        DONE('x');

        private final char mark;

        State(char mark) {
            this.mark = mark;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public boolean isDone() {
        return state == State.DONE;
    }

    /// As in `[x] find the cause`.
    public String line() {
        return "[%c] %s".formatted(state.mark, text);
    }
}
