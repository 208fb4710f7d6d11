package dev.fettle.cli.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fettle.cli.text.Style;
import dev.fettle.core.session.Event;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RemarksTest {
    private final Remarks remarks = new Remarks(Style.PLAIN);

    private static Event notKept(String trouble) {
        return Event.TreeKept.ofTurn(Optional.empty(), Optional.empty(), trouble);
    }

    @Test
    void whyTurnsCannotBeUndoneIsSaidOfTheFirst() {
        Optional<String> full = Optional.of("! this turn cannot be undone: no space");

        assertEquals(full, remarks.of(notKept("no space")));
        assertEquals(Optional.empty(), remarks.of(notKept("no space")));
        assertEquals(Optional.empty(), remarks.of(notKept("")));
        assertEquals(full, remarks.of(notKept("no space")));
    }

    @Test
    void aRemarkIsOneLineOfAFewWords() {
        String text = remarks.of(new Event.Informed(
                        Event.Informed.Part.MEMORY, "fact_1", "Put in by Fettle:\none\ttab\u0007\n" + "x".repeat(400)))
                .orElseThrow();

        assertEquals("› remembers: one tab " + "x".repeat(140) + "…", text);
    }
}
