package dev.fettle.core.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TraceTest {
    private static final String ID = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";

    @Test
    void readsWhatTheStandardAllows() {
        Trace trace = new Trace(ID, SPAN);
        assertEquals(Optional.of(trace), Trace.parse("00-%s-%s-00".formatted(ID, SPAN)));
        assertEquals(Optional.of(trace), Trace.parse("01-%s-%s-01-what-comes-later".formatted(ID, SPAN)));
        assertEquals(Optional.of(trace), Trace.parse(trace.header()));
    }

    @Test
    void takesNothingElse() {
        String zeros = "0".repeat(32);
        for (String header : List.of(
                "",
                "00-" + ID,
                "ff-%s-%s-01".formatted(ID, SPAN),
                "00-%s-%s-01".formatted(zeros, SPAN),
                "00-%s-%s-01".formatted(ID, "0".repeat(16)),
                "00-%s-%s-01".formatted(ID.toUpperCase(java.util.Locale.ROOT), SPAN),
                "00-%s-%s-01-more".formatted(ID, SPAN))) {
            assertEquals(Optional.empty(), Trace.parse(header), header);
        }
        assertThrows(IllegalArgumentException.class, () -> new Trace(ID, "x"));
    }

    @Test
    void thePartsOfAWorkHaveOneTrace() {
        Trace first = Trace.begin();
        assertEquals(first.traceId(), first.next().traceId());
        assertNotEquals(first.spanId(), first.next().spanId());
        assertNotEquals(first.traceId(), Trace.begin().traceId());
        assertEquals(ID, Trace.named("run_" + ID).traceId());
    }
}
