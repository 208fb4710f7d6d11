package dev.fettle.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.session.Conversation;
import dev.fettle.core.session.Event;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Usage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// A corpus of traces: circles that have to be stopped in time, and honest work that never may be.
final class LoopGuardTest {
    /// A call with its result.
    ///
    /// @param seen contents of files known afterwards
    private record Made(
            String tool, String arguments, String result, boolean isError, long ms, Map<String, String> seen) {}

    private record Trace(String name, List<List<Made>> steps) {}

    private static Made ok(String tool, String arguments, String result) {
        return new Made(tool, arguments, result, false, 5, Map.of());
    }

    private static Made slow(String tool, String arguments, String result) {
        return new Made(tool, arguments, result, false, 20_000, Map.of());
    }

    private static Made error(String tool, String arguments, String result) {
        return new Made(tool, arguments, result, true, 1, Map.of());
    }

    private static Made edit(String path, String change, String hash) {
        return new Made("edit", path + " " + change, "edited " + path, false, 2, Map.of(path, hash));
    }

    private interface Round {
        Made at(int number);
    }

    private static Trace trace(String name, int times, Round... cycle) {
        return new Trace(
                name,
                IntStream.range(0, times)
                        .boxed()
                        .flatMap(round -> Arrays.stream(cycle).map(each -> List.of(each.at(round))))
                        .toList());
    }

    private static final List<Trace> CIRCLES = List.of(
            trace("one call again and again", 20, _ -> ok("read", "a", "text")),
            trace("a test that fails alike, and nothing changed", 20, _ -> slow("bash", "mvn test", "1 failure")),
            trace("an error again and again", 20, _ -> error("read", "nope", "No file `nope`")),
            trace(
                    "an error for one guess after another",
                    40,
                    n -> error("edit", "guess " + n, "The text is not in the file")),
            trace("two calls in turn", 20, _ -> ok("read", "a", "text"), _ -> ok("ls", ".", "a b")),
            trace("three in turn", 20, _ -> ok("read", "a", "1"), _ -> ok("read", "b", "2"), _ -> ok("read", "c", "3")),
            trace(
                    "four in turn",
                    20,
                    _ -> ok("read", "a", "1"),
                    _ -> ok("read", "b", "2"),
                    _ -> ok("read", "c", "3"),
                    _ -> ok("read", "d", "4")),
            trace(
                    "an edit made and undone",
                    20,
                    _ -> edit("a.c", "x to y", "hash-y"),
                    _ -> edit("a.c", "y to x", "hash-x")),
            trace(
                    "an edit made and undone, with a look that differs between",
                    20,
                    _ -> edit("a.c", "x to y", "hash-y"),
                    n -> slow("bash", "make", "failed in %d ms".formatted(n)),
                    _ -> edit("a.c", "y to x", "hash-x")),
            trace(
                    "files read over and over in no order",
                    60,
                    n -> ok("read", "f" + (n * n * 7 % 5), "text " + (n * n * 7 % 5))),
            new Trace(
                    "the same three at once",
                    IntStream.range(0, 20)
                            .mapToObj(_ -> List.of(ok("read", "a", "1"), ok("read", "b", "2"), ok("read", "c", "3")))
                            .toList()),
            new Trace(
                    "honest work that ends in a circle",
                    Stream.concat(
                                    IntStream.range(0, 30).mapToObj(n -> List.of(ok("read", "f" + n, "text " + n))),
                                    IntStream.range(0, 20).mapToObj(_ -> List.of(ok("grep", "x", "no match"))))
                            .toList()));

    private static final List<Trace> WORK = List.of(
            trace("fifty files read", 50, n -> ok("read", "f" + n, "text " + n)),
            trace("fifty files read that are alike", 50, n -> ok("read", "f" + n, "the same licence")),
            trace("fifty files edited alike", 50, n -> edit("f" + n, "old to new", "hash " + n)),
            trace("a file edited fifty times", 50, n -> edit("f", "line " + n, "hash " + n)),
            trace("a build that is polled", 60, _ -> slow("bash", "sleep 20; gh run view", "in progress")),
            trace(
                    "a build that is polled, sleeping and looking apart",
                    60,
                    _ -> slow("bash", "sleep 60", ""),
                    _ -> ok("bash", "gh run view", "in progress")),
            trace("progress that is watched", 60, n -> ok("bash", "tail -1 log", n + " of 60")),
            trace(
                    "a test that fails alike after each of many attempts",
                    30,
                    n -> edit("a.c", "attempt " + n, "hash " + n),
                    _ -> slow("bash", "make test", "1 failure")),
            trace(
                    "write, read, test",
                    20,
                    n -> edit("f" + n, "new", "hash " + n),
                    n -> ok("read", "f" + n, "text"),
                    _ -> slow("bash", "make test", "ok")),
            trace(
                    "a file read again after each edit",
                    20,
                    n -> edit("f", "" + n, "h" + n),
                    n -> ok("read", "f", "text " + n)),
            trace(
                    "a flaky test run three times",
                    1,
                    _ -> slow("bash", "t", "ok"),
                    _ -> slow("bash", "t", "ok"),
                    _ -> slow("bash", "t", "ok")),
            trace(
                    "a fix tried, taken back, another tried, taken back",
                    3,
                    n -> edit("f", "try " + n, "h" + n),
                    _ -> edit("f", "undo", "h")),
            trace("different mistakes", 40, n -> error("read", "x" + n, "No file `x%d`".formatted(n))),
            trace(
                    "looks at what is known between new things",
                    30,
                    n -> ok("read", "a", "text"),
                    n -> ok("read", "n" + n, "new " + n)),
            new Trace(
                    "searches of many words at once",
                    IntStream.range(0, 20)
                            .mapToObj(n -> List.of(ok("grep", "a" + n, "no match"), ok("grep", "b" + n, "no match")))
                            .toList()));

    /// The step after which the trace is stopped, from 1; 0 if it never is.
    ///
    /// @param advice receives the number of each step after which the model was told
    private static int stoppedAt(Trace trace, List<Integer> advice) {
        Conversation conversation = new Conversation();
        conversation.apply(new Event.UserSaid("go", List.of()));
        int number = 0;
        for (List<Made> step : trace.steps()) {
            number++;
            List<ToolCall> calls = new ArrayList<>();
            for (Made made : step) {
                calls.add(new ToolCall("c%d.%d".formatted(number, calls.size()), made.tool(), made.arguments()));
            }
            conversation.apply(new Event.AssistantSaid(
                    "test/model", List.copyOf(calls), StopReason.TOOL_CALLS, Usage.ZERO, Money.ZERO, 1));
            for (int i = 0; i < calls.size(); i++) {
                Made made = step.get(i);
                ToolResult result = made.isError()
                        ? ToolResult.error(calls.get(i).id(), made.result())
                        : ToolResult.ok(calls.get(i).id(), made.result());
                conversation.apply(new Event.ToolFinished(result, made.seen(), made.ms()));
            }
            switch (LoopGuard.judge(conversation.steps())) {
                case LoopGuard.Verdict.GoOn _ -> {}
                case LoopGuard.Verdict.Tell tell -> {
                    advice.add(number);
                    conversation.apply(new Event.Advised(tell.advice()));
                }
                case LoopGuard.Verdict.Stop _ -> {
                    return number;
                }
            }
        }
        return 0;
    }

    @TestFactory
    Stream<DynamicTest> circlesAreToldOnceAndThenStopped() {
        return CIRCLES.stream()
                .map(trace -> DynamicTest.dynamicTest(trace.name(), () -> {
                    List<Integer> advice = new ArrayList<>();
                    int stopped = stoppedAt(trace, advice);
                    assertTrue(stopped > 0, "never stopped");
                    assertEquals(1, advice.size(), "told after steps " + advice);
                    assertTrue(
                            advice.getFirst() < stopped, "told after %s, stopped after %d".formatted(advice, stopped));
                }));
    }

    @Test
    void nothingIsRepeatedMoreThanTenTimes() {
        List<String> tooLate = new ArrayList<>();
        for (Trace trace : CIRCLES.subList(0, CIRCLES.size() - 1)) {
            int stopped = stoppedAt(trace, new ArrayList<>());
            long distinct = trace.steps().stream().distinct().count();
            boolean isGuessing = distinct == trace.steps().size();
            if (!isGuessing && stopped > 10 * Math.min(distinct, 4) + 1) {
                tooLate.add("%s: after %d steps".formatted(trace.name(), stopped));
            }
        }
        assertEquals(List.of(), tooLate);
    }

    @TestFactory
    Stream<DynamicTest> honestWorkIsNeverStopped() {
        return WORK.stream()
                .map(trace -> DynamicTest.dynamicTest(
                        trace.name(), () -> assertEquals(0, stoppedAt(trace, new ArrayList<>()))));
    }

    @Test
    void honestWorkIsHardlyEverTold() {
        assertEquals(
                List.of(),
                WORK.stream()
                        .filter(trace -> {
                            List<Integer> advice = new ArrayList<>();
                            stoppedAt(trace, advice);
                            return !advice.isEmpty();
                        })
                        .map(Trace::name)
                        .toList());
    }
}
