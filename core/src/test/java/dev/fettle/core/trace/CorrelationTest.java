package dev.fettle.core.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CorrelationTest {
    private final Trace trace = Trace.begin();
    private final Correlation correlation = new Correlation(trace);

    @Test
    void saysWhatIsKnownByTheNamesOfTheLog() {
        correlation.with(Correlation.Id.REQUEST, "req_1").with(Correlation.Id.USER, "ann");
        assertEquals(
                Map.of("trace_id", trace.traceId(), "span_id", trace.spanId(), "request_id", "req_1", "user", "ann"),
                correlation.fields());
    }

    @Test
    void goesAlongOnlyWhereItIsTaken() throws Exception {
        AtomicReference<Optional<Correlation>> taken = new AtomicReference<>(Optional.empty());
        AtomicReference<Optional<Correlation>> left = new AtomicReference<>(Optional.empty());
        correlation.call(() -> {
            Thread.ofVirtual()
                    .start(Correlation.carried(() -> taken.set(Correlation.current())))
                    .join();
            Thread.ofVirtual().start(() -> left.set(Correlation.current())).join();
            return trace;
        });
        assertEquals(Optional.of(correlation), taken.get());
        assertEquals(Optional.empty(), left.get());
        assertEquals(Optional.empty(), Correlation.current());
    }
}
