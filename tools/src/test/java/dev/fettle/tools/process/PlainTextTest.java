package dev.fettle.tools.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlainTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "plain text|plain text",
                "tab\\there|tab\\there",
                "\\e[1;31mred\\e[0m|red",
                "\\u009b31mred|red",
                "\\e]0;title\\u0007text|text",
                "\\e]8;;http://x\\e\\\\link\\e]8;;\\e\\\\|link",
                "\\ePdevice\\e\\\\text|text",
                "\\u009dtitle\\u009ctext|text",
                "\\e(Btext\\e=\\e7|text",
                "10%\\r50%\\r100%\\n|100%\\n",
                "windows\\r\\nline|windows\\nline",
                "windows\\r\\r\\nline|windows\\nline",
                "progress\\r\\e[Kdone|done",
                "kept\\r|kept",
                "bold\\bd|bold",
                "\\b\\bx|x",
                "bell\\u0007 null\\u0000|bell null␀",
                "\\u202eevil\\u200b|<U+202E>evil<U+200B>",
                "never closed \\e]0;title\\nnext line|never closed \\nnext line",
                "broken \\e[31\\nnext|broken \\nnext",
                "cut \\e|cut ",
                "a\\u0085b\\u007fc|abc",
                "\\e\\nnext|\\nnext",
            })
    void showsWhatAPersonWouldSee(String written, String shown) {
        PlainText whole = new PlainText();
        whole.feed(unescaped(written));
        assertEquals(unescaped(shown), whole.takeAll());

        PlainText inPieces = new PlainText();
        unescaped(written).chars().forEach(c -> inPieces.feed(String.valueOf((char) c)));
        assertEquals(unescaped(shown), inPieces.takeAll());
    }

    @Test
    void doesNotLetOneStrayByteHideTheRest() {
        PlainText text = new PlainText();
        text.feed("\u001b]" + "x".repeat(10_000) + "visible");
        assertEquals("visible", text.takeAll().substring(10_000 - 4096 - 1).replace("x", ""));
    }

    @Test
    void passesOnALineThatNeverEnds() {
        PlainText text = new PlainText();
        text.feed("x".repeat(20_000));
        assertEquals(16 * 1024, text.takeFinished().length());
        assertEquals(20_000 - 16 * 1024, text.takeAll().length());
    }

    private static String unescaped(String text) {
        Matcher escapes = Pattern.compile("\\\\u([0-9a-f]{4})").matcher(text.replace("\\e", "\u001b"));
        return escapes.replaceAll(
                        escape -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(escape.group(1), 16))))
                .translateEscapes();
    }
}
