package dev.fettle.server.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fettle.server.problem.Problem;
import dev.fettle.server.sse.ServerEvent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerTest {
    @Test
    void aHeaderCannotEndEarly() {
        for (String value : List.of("a\r\nX-Evil: 1", "a\nb", "a\rb", "a\u0000b", "ä", "\u2028")) {
            assertThrows(IllegalArgumentException.class, () -> Answer.empty(204).with("X-Name", value));
        }
        for (String name : List.of("", "X Name", "X:Name", "X\r\nName")) {
            assertThrows(IllegalArgumentException.class, () -> Answer.empty(204).with(name, "value"));
        }
    }

    @Test
    void headersAreOneWhateverTheirCase() {
        Answer answer =
                Answer.empty(204).with("X-Name", "a").with("x-name", "b").withDefaults(Map.of("X-NAME", "c"));
        assertEquals(1, answer.headers().size());
        assertEquals("b", answer.header("X-Name").orElseThrow());
    }

    @Test
    void aProblemIsADocument() {
        assertEquals(
                new Content.Text(
                        "application/problem+json",
                        "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,"
                                + "\"detail\":\"Nothing here.\",\"request_id\":\"req_1\"}"),
                Answer.of(new Problem(404, "Nothing here."), "req_1").content());
    }

    @Test
    void aProblemHasAStatusOfOne() {
        assertThrows(IllegalArgumentException.class, () -> new Problem(200, "fine"));
        for (int status = 400; status < 600; status++) {
            assertEquals(false, new Problem(status, "").title().isBlank());
        }
    }

    @Test
    void anEventCannotPretendToBeTwo() {
        assertThrows(IllegalArgumentException.class, () -> new ServerEvent("1\nevent: x", "note", ""));
        assertThrows(IllegalArgumentException.class, () -> new ServerEvent("1", "note\nid: 2", ""));
    }
}
