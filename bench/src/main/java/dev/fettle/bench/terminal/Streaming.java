package dev.fettle.bench.terminal;

import dev.fettle.cli.markdown.MarkdownStream;
import dev.fettle.cli.text.Style;
import java.time.Duration;
import java.util.Locale;

/// Sets an answer that arrives token by token, and says what a thousand tokens take of the processor: the first
/// thousand, with which classes are loaded, and those of a warm process.
final class Streaming {
    private static final int TOKENS = 1_000;
    private static final int WARM_ROUNDS = 200;
    private static final int CHARACTERS = 4;
    private static final String ANSWER = """
            ## What was wrong

            The total was computed *before* the discount, see `Cart.total()` and [the docs](https://example.org/cart).

            1. Read `Cart.java`, where the items are added up
            2. Changed **one** line:

            ```java
            public int total() { // in cents
                return items.stream().mapToInt(Item::net).sum() - discount;
            }
            ```

            | test | before | after |
            |------|-------:|------:|
            | `totals` | fails | passes |

            """;

    private Streaming() {}

    /// Prints two lines.
    public static void main(String[] arguments) {
        print("the first 1,000 tokens", thousand(1));
        thousand(WARM_ROUNDS);
        print("1,000 tokens, warm", thousand(WARM_ROUNDS));
    }

    private static double thousand(int rounds) {
        String text = ANSWER.repeat(1 + TOKENS * CHARACTERS / ANSWER.length());
        Duration before = cpu();
        for (int round = 0; round < rounds; round++) {
            MarkdownStream stream = new MarkdownStream(() -> 100, new Style(true), _ -> {});
            for (int token = 0; token < TOKENS; token++) {
                stream.accept(text.substring(token * CHARACTERS, (token + 1) * CHARACTERS));
            }
            stream.finish();
        }
        return cpu().minus(before).toNanos() / 1e6 / rounds;
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static void print(String what, double milliseconds) {
        System.out.println(String.format(Locale.ROOT, "%-24s %6.2f ms of CPU", what, milliseconds));
    }
}
