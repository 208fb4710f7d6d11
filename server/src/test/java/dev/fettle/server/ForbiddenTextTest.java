package dev.fettle.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.server.json.ForbiddenText;
import dev.fettle.server.json.TextRules;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ForbiddenTextTest {
    /// The second keeps Java's own expressions busy for longer than anybody lives.
    private static final TextRules RULES =
            new TextRules(50_000, List.of(ForbiddenText.of("(?i)top\\s+secret"), ForbiddenText.of("^(a+)+$")));

    private static RawClient.Response sent(String body) throws IOException {
        try (Workshop workshop = new Workshop(Options.on("127.0.0.1", 0).with(RULES))) {
            return workshop.post("/orders", body);
        }
    }

    @Test
    void whatIsForbiddenIsRefusedWithItsFieldAndNotItsText() throws IOException {
        Map<String, String> bodies = Map.of(
                "/customer", "{\"customer\":\"this is TOP  Secret\",\"item_count\":1}",
                "/items/1/name",
                        "{\"customer\":\"x\",\"item_count\":1,\"items\":[{\"name\":\"nut\"},{\"name\":\"top\\u0020secret\"}]}",
                "/stock", "{\"customer\":\"x\",\"item_count\":1,\"stock\":{\"top secret\":1}}",
                "/note", "{\"customer\":\"x\",\"item_count\":1,\"note\":\"aaaa\"}");
        for (Map.Entry<String, String> each : bodies.entrySet()) {
            RawClient.Response response = sent(each.getValue());
            assertEquals(422, response.status(), response.body());
            assertTrue(response.body().contains("\"pointer\":\"%s\"".formatted(each.getKey())), response.body());
            assertFalse(response.body().toLowerCase(java.util.Locale.ROOT).contains("secret"), response.body());
        }
        assertEquals(
                201, sent("{\"customer\":\"on top of it\",\"item_count\":1}").status());
    }

    @Test
    void noTextMakesTheServerThinkForLong() throws IOException {
        String body = "{\"customer\":\"%s!\",\"item_count\":1}".formatted("a".repeat(49_000));
        assertEquals(201, sent(body).status());
    }

    @Test
    void anExpressionIsSmallAndOneOfRe2() {
        for (String wrong : List.of("(", "(?=ahead)", "(a)\\1", "a{1001}", "((a{100}){100}){10}")) {
            assertThrows(IllegalArgumentException.class, () -> ForbiddenText.of(wrong), wrong);
        }
    }
}
