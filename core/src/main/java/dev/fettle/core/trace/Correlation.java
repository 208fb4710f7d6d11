package dev.fettle.core.trace;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What the lines are about that a thread writes into the log, found out bit by bit: a request is there before it is
/// known whose it is. Bound to a thread by [#call], and taken along to another by [#carried]; nothing is inherited
/// silently, for then a thread that outlives the request would go on under its name.
///
/// Safe for use by several threads.
public final class Correlation {
    private static final ScopedValue<Correlation> CURRENT = ScopedValue.newInstance();

    private final Trace trace;
    private volatile Map<String, String> fields;

    /// What a line can be about.
    public enum Id {
        REQUEST,
        RUN,
        SESSION,
        USER;

        /// As the log names it: `request_id`, but `user`.
        String field() {
            String word = name().toLowerCase(Locale.ROOT);
            return this == USER ? word : word + "_id";
        }
    }

    public Correlation(Trace trace) {
        this.trace = trace;
        Map<String, String> first = new LinkedHashMap<>();
        first.put("trace_id", trace.traceId());
        first.put("span_id", trace.spanId());
        this.fields = Collections.unmodifiableMap(first);
    }

    /// That of this thread.
    public static Optional<Correlation> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /// The work with what this thread is about, for another thread.
    public static Runnable carried(Runnable work) {
        return current()
                .<Runnable>map(each -> () -> ScopedValue.where(CURRENT, each).run(work))
                .orElse(work);
    }

    public Trace trace() {
        return trace;
    }

    /// Adds what has become known, and returns itself.
    public synchronized Correlation with(Id id, String value) {
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.put(id.field(), value);
        fields = Collections.unmodifiableMap(more);
        return this;
    }

    /// All that is known, by the log's names.
    public Map<String, String> fields() {
        return fields;
    }

    /// Does work of this thread that is about this.
    public <R, X extends Throwable> R call(ScopedValue.CallableOp<? extends R, X> work) throws X {
        return ScopedValue.where(CURRENT, this).call(work);
    }
}
