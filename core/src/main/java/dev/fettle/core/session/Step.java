package dev.fettle.core.session;

import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One answer of the model and what became of its calls.
public final class Step {
    private final List<ToolCall> calls;
    private final Map<String, ToolResult> results = new HashMap<>();
    private final Map<String, String> seen = new HashMap<>();
    private Duration time = Duration.ZERO;
    private boolean isAdvised;

    Step(List<ToolCall> calls) {
        this.calls = List.copyOf(calls);
    }

    void finish(Event.ToolFinished finished) {
        results.put(finished.result().callId(), finished.result());
        seen.putAll(finished.seen());
        time = time.plusMillis(finished.durationMs());
    }

    void advise() {
        isAdvised = true;
    }

    public List<ToolCall> calls() {
        return calls;
    }

    /// Those that are there, in the order of the calls.
    public List<ToolResult> results() {
        List<ToolResult> ordered = new ArrayList<>();
        for (ToolCall call : calls) {
            ToolResult result = results.get(call.id());
            if (result != null) {
                ordered.add(result);
            }
        }
        return ordered;
    }

    /// The content of the files it read or wrote: path to SHA-256 in hex.
    public Map<String, String> seen() {
        return Collections.unmodifiableMap(seen);
    }

    /// How long its tools ran, all together.
    public Duration time() {
        return time;
    }

    /// Whether the model was given advice after it.
    public boolean isAdvised() {
        return isAdvised;
    }
}
