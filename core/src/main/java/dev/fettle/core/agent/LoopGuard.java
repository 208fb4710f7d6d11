package dev.fettle.core.agent;

import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.session.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Recognises a model that goes in circles, tells it once, and stops it if it goes on.
///
/// Three things count as circles: the same calls with the same results, in a cycle of up to four steps; files
/// that return to a content they had before; and many steps that bring nothing, each call with its result
/// known already. Whoever waits for something asks the same again and again, so a step that waited ends what
/// came before it. What is looked at is the turn's steps as they are in the log, so that a turn that goes on
/// elsewhere is judged alike.
final class LoopGuard {
    private static final int LONGEST_CYCLE = 4;
    private static final int TELL_AT = 4;
    private static final int STOP_AT = 8;
    /// Steps that bring nothing, between them perhaps useful looks at what is forgotten.
    private static final int TELL_AT_IDLE = 10;

    private static final int STOP_AT_IDLE = 20;
    private static final int LONGEST_SHOWN = 200;

    private static final Pattern WAITS = Pattern.compile("\\b(sleep|wait|watch|inotifywait|tail -f)\\b");
    private static final Duration A_WHILE = Duration.ofSeconds(1);

    private LoopGuard() {}

    /// What to do about the steps so far.
    sealed interface Verdict {
        record GoOn() implements Verdict {}

        /// The model is to be told.
        record Tell(String advice) implements Verdict {}

        /// It was told, or could have known.
        ///
        /// @param message for a person
        record Stop(String message) implements Verdict {}
    }

    /// A circle found.
    ///
    /// @param weight how often, in terms of [#TELL_AT] and [#STOP_AT]
    private record Circle(int weight, String what) {}

    static Verdict judge(List<Step> steps) {
        List<Step> since = sinceLastWait(steps);
        Circle worst = Stream.of(repetition(since), returns(since), idleness(since))
                .max(Comparator.comparingInt(Circle::weight))
                .orElseThrow();
        if (worst.weight() >= STOP_AT) {
            return new Verdict.Stop("Stopped: " + worst.what());
        }
        boolean wasTold =
                steps.stream().skip(Math.max(0, steps.size() - STOP_AT_IDLE)).anyMatch(Step::isAdvised);
        if (worst.weight() >= TELL_AT && !wasTold) {
            return new Verdict.Tell(
                    "You are going in circles: %s. It will not come out otherwise. Try something else, or say what is in the way. If you wait for something, use `sleep` before you look again."
                            .formatted(worst.what()));
        }
        return new Verdict.GoOn();
    }

    private static List<Step> sinceLastWait(List<Step> steps) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (waited(steps.get(i))) {
                return steps.subList(i + 1, steps.size());
            }
        }
        return steps;
    }

    private static boolean waited(Step step) {
        return step.time().compareTo(A_WHILE) >= 0
                && step.calls().stream()
                        .anyMatch(call -> WAITS.matcher(call.arguments()).find());
    }

    private static Circle repetition(List<Step> steps) {
        List<Set<String>> facts = steps.stream().map(LoopGuard::facts).toList();
        int most = 0;
        for (int cycle = 1; cycle <= LONGEST_CYCLE; cycle++) {
            int same = 0;
            for (int i = facts.size() - 1; i >= cycle && facts.get(i).equals(facts.get(i - cycle)); i--) {
                same++;
            }
            most = Math.max(most, same < cycle ? 0 : same / cycle + 1);
        }
        return new Circle(
                most, "the same call with the same result, %d times: %s".formatted(most, most == 0 ? "" : last(steps)));
    }

    private static Circle returns(List<Step> steps) {
        Map<String, History> files = new HashMap<>();
        for (Step step : steps) {
            step.seen()
                    .forEach((path, hash) ->
                            files.computeIfAbsent(path, _ -> new History()).add(hash));
        }
        return files.entrySet().stream()
                .map(file -> new Circle(
                        file.getValue().returns,
                        "%s was changed back to what it was before, %d times"
                                .formatted(file.getKey(), file.getValue().returns)))
                .max(Comparator.comparingInt(Circle::weight))
                .orElse(new Circle(0, ""));
    }

    /// What a file was.
    private static final class History {
        private final Set<String> contents = new HashSet<>();
        private String current = "";
        private int returns;

        void add(String hash) {
            boolean isNew = contents.add(hash);
            returns += !isNew && !hash.equals(current) ? 1 : 0;
            current = hash;
        }
    }

    /// Steps at the end that bring nothing: what they say was said before in this turn.
    private static Circle idleness(List<Step> steps) {
        Set<String> known = new HashSet<>();
        int idle = 0;
        for (Step step : steps) {
            idle = known.addAll(facts(step)) ? 0 : idle + 1;
        }
        int weight = idle >= STOP_AT_IDLE ? STOP_AT : idle >= TELL_AT_IDLE ? TELL_AT : 0;
        return new Circle(weight, "%d steps in a row brought nothing that was not known".formatted(idle));
    }

    /// What a step said: each call with its result. Of a call that failed only what was wrong counts, for a model that
    /// gets the same error for this and that makes no headway.
    private static Set<String> facts(Step step) {
        Set<String> facts = new HashSet<>();
        List<ToolResult> results = step.results();
        for (int i = 0; i < results.size(); i++) {
            ToolCall call = step.calls().get(i);
            ToolResult result = results.get(i);
            facts.add(call.name() + "\0" + (result.isError() ? "" : call.arguments()) + "\0" + result.text());
        }
        return facts;
    }

    private static String last(List<Step> steps) {
        List<String> calls = new ArrayList<>();
        for (ToolCall call : steps.getLast().calls()) {
            calls.add(call.name() + " " + call.arguments());
        }
        String all = String.join(", ", calls);
        return all.length() <= LONGEST_SHOWN ? all : all.substring(0, LONGEST_SHOWN - 1) + "…";
    }
}
