package dev.fettle.providers.resilience;

import static dev.fettle.testkit.Answers.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fettle.core.model.CallObserver;
import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.model.ModelException.Kind;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.core.usage.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeteredTest {
    private final RehearsedTime time = new RehearsedTime();
    private final Calls calls = new Calls();
    private final List<String> heard = new ArrayList<>();

    private final CallObserver observer = new CallObserver() {
        @Override
        public void onAnswer(Model model, Usage usage, Duration took) {
            heard.add("%s answered with %d tokens in %d s".formatted(model.name(), usage.total(), took.toSeconds()));
        }

        @Override
        public void onFailure(Model model, Kind kind, Duration took) {
            heard.add("%s failed: %s in %d s".formatted(model.name(), kind, took.toSeconds()));
        }

        @Override
        public void onLookup(boolean isKnown) {
            heard.add(isKnown ? "hit" : "miss");
        }

        @Override
        public void onInterruption(Model model, Duration took) {
            heard.add("%s interrupted in %d s".formatted(model.name(), took.toSeconds()));
        }
    };

    private Metered metered(ModelProvider provider) {
        return new Metered(
                (request, deltas) -> {
                    time.pass(Duration.ofSeconds(3));
                    return provider.complete(request, deltas);
                },
                observer,
                time);
    }

    @Test
    void everyCallIsHeardOfOnceHoweverItEnds() throws Exception {
        calls.ask(metered((_, _) -> text("Here.")));
        calls.ask(metered((_, _) -> text("Here.").by(Calls.OTHER)));
        calls.failure(metered((_, _) -> {
            throw new ModelException(Kind.AUTH, "no");
        }));
        assertThrows(
                InterruptedException.class,
                () -> calls.ask(metered((_, _) -> {
                    throw new InterruptedException();
                })));

        assertEquals(
                List.of(
                        "first/big answered with 110 tokens in 3 s",
                        "second/small answered with 110 tokens in 3 s",
                        "first/big failed: AUTH in 3 s",
                        "first/big interrupted in 3 s"),
                heard);
    }
}
