package dev.fettle.core.agent;

import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Recognises a model that goes in circles: the same calls with the same results, in a cycle of one to three
/// steps, five times over.
final class Repetition {
    private static final int LONGEST_CYCLE = 3;
    private static final int TIMES = 5;

    private Repetition() {}

    /// A step as far as repetition goes: call ids differ and do not count.
    private record Step(List<String> calls, List<String> results) {}

    /// What repeats, for a person; empty if nothing does.
    static Optional<String> in(List<Message> messages) {
        List<Step> steps = lastSteps(messages);
        for (int cycle = 1; cycle <= LONGEST_CYCLE; cycle++) {
            if (repeats(steps, cycle)) {
                return Optional.of("Stopped: the model repeated the same %d call(s) with the same results %d times: %s"
                        .formatted(cycle, TIMES, steps.getLast().calls().getFirst()));
            }
        }
        return Optional.empty();
    }

    private static boolean repeats(List<Step> steps, int cycle) {
        int needed = cycle * TIMES;
        if (steps.size() < needed) {
            return false;
        }
        List<Step> last = steps.subList(steps.size() - needed, steps.size());
        for (int i = cycle; i < needed; i++) {
            if (!last.get(i).equals(last.get(i - cycle))) {
                return false;
            }
        }
        return true;
    }

    private static List<Step> lastSteps(List<Message> messages) {
        List<Step> steps = new ArrayList<>();
        for (int i = messages.size() - 1; i > 0 && steps.size() < LONGEST_CYCLE * TIMES; i -= 2) {
            if (messages.get(i) instanceof Message.Results(List<ToolResult> results)
                    && messages.get(i - 1) instanceof Message.Assistant answer) {
                steps.addFirst(new Step(
                        answer.calls().stream().map(Repetition::words).toList(),
                        results.stream().map(ToolResult::text).toList()));
            } else {
                break;
            }
        }
        return steps;
    }

    private static String words(ToolCall call) {
        return call.name() + " " + call.arguments();
    }
}
