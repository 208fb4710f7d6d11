package dev.fettle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ContextCommandTest {
    private final Terminal terminal = new Terminal();

    @Test
    void showsEachPartWithItsTokens() {
        assertEquals(0, terminal.type("context", "show", "mend it"));
        assertEquals("""
                === system text: 8 tokens
                You are Fettle.

                === map of the repository: 1,200 tokens
                map for mend it

                === in all: 1,208 tokens
                """, terminal.out);
        assertTrue(terminal.err.contains("… 256 of 1,000 files\n"), terminal.err);
    }

    @Test
    void theSummaryIsALineAPart() {
        assertEquals(0, terminal.type("context", "show", "--summary"));
        assertEquals("        8  system text\n    1,200  map of the repository\n    1,208  in all\n", terminal.out);
    }

    @Test
    void programsGetJson() {
        assertEquals(0, terminal.type("context", "show", "--json", "mend it"));
        assertEquals("""
                {
                  "tokens" : 1208,
                  "parts" : [ {
                    "part" : "system text",
                    "tokens" : 8,
                    "text" : "You are Fettle.\\n"
                  }, {
                    "part" : "map of the repository",
                    "tokens" : 1200,
                    "text" : "map for mend it"
                  } ]
                }
                """, terminal.out);
    }

    @Test
    void ofASessionThatIsNotThereNothingIsShown() {
        assertEquals(2, terminal.type("context", "show", "--session", "ses_nope"));
        assertTrue(terminal.err.contains("There is no session `ses_nope`"), terminal.err);
    }
}
