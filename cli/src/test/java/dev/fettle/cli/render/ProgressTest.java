package dev.fettle.cli.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.model.Delta;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Usage;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    private Progress progress(boolean isTerminal) {
        PrintStream stream = new PrintStream(screen, true, StandardCharsets.UTF_8);
        return new Progress(new Console(
                InputStream.nullInputStream(), stream, stream, isTerminal, isTerminal, isTerminal, isTerminal));
    }

    private static void show(Progress progress, Event... events) {
        for (Event event : events) {
            progress.onEvent(new LogEntry(1, Instant.EPOCH, event));
        }
    }

    private static Event asked(ToolCall... calls) {
        return new Event.AssistantSaid("test/model", List.of(calls), StopReason.TOOL_CALLS, Usage.ZERO, Money.ZERO, 1);
    }

    private static Event finished(ToolResult result) {
        return new Event.ToolFinished(result, Map.of(), 1);
    }

    private String screen() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    @Test
    void callsThatOnlyLookTakeOneLineEach() {
        show(
                progress(false),
                asked(
                        new ToolCall("a", "read", "{\"path\":\"A.java\"}"),
                        new ToolCall("b", "grep", "{\"pattern\":\"x\"}")),
                new Event.ToolStarted("a", "read", Effect.READ),
                new Event.ToolStarted("b", "grep", Effect.READ),
                finished(ToolResult.ok("b", "one\ntwo")),
                finished(ToolResult.ok("a", "one")));
        assertEquals("› grep x · 2 lines\n› read A.java · 1 line\n", screen());
    }

    @Test
    void resultsOfCallsThatRanTogetherSayWhoseTheyAre() {
        show(
                progress(false),
                asked(
                        new ToolCall("a", "bash", "{\"command\":\"make\"}"),
                        new ToolCall("b", "bash", "{\"command\":\"ls\"}")),
                new Event.ToolStarted("a", "bash", Effect.UNSAFE),
                new Event.ToolStarted("b", "bash", Effect.UNSAFE),
                finished(ToolResult.ok("b", "file")),
                finished(ToolResult.error("a", "failed")));
        assertEquals("› bash make\n› bash ls\n  file\n‹ bash make\n  failed\n", screen());
    }

    @Test
    void longResultsShowTheirEnd() {
        show(
                progress(false),
                asked(new ToolCall("a", "bash", "{\"command\":\"seq 20\"}")),
                new Event.ToolStarted("a", "bash", Effect.UNSAFE),
                finished(ToolResult.ok("a", "line\n".repeat(19) + "last")));
        assertEquals("› bash seq 20\n  … 4 lines above\n" + "  line\n".repeat(15) + "  last\n", screen());
    }

    @Test
    void controlCharactersOfAResultDoNotReachTheTerminal() {
        show(
                progress(false),
                asked(new ToolCall("a", "bash", "{\"command\":\"x\\u001b]0;title\\u0007\"}")),
                new Event.ToolStarted("a", "bash", Effect.UNSAFE),
                finished(ToolResult.ok("a", "be\u001b[2Jhind")));
        assertEquals("› bash x]0;title\n  be[2Jhind\n", screen());
    }

    @Test
    void aGlimpseOfRunningOutputGivesWayToTheNextLine() {
        Progress progress = progress(true);
        show(
                progress,
                asked(new ToolCall("a", "bash", "{\"command\":\"make\"}")),
                new Event.ToolStarted("a", "bash", Effect.UNSAFE));
        progress.onDelta(new Delta.ToolOutput("a", "compiling\n\n"));
        show(progress, finished(ToolResult.ok("a", "done")));
        assertEquals("""
                <36m>› <0m><1m>bash<0m> make
                \r<K><2m>  … compiling<0m>\r<K>  <2m>done<0m>
                """, screen().replaceAll("\u001b\\[([0-9]*[mK])", "<$1>"));
    }

    @Test
    void wordsAfterCallsBeginOnALineOfTheirOwn() {
        Progress progress = progress(false);
        progress.onDelta(new Delta.Text("Let me look."));
        show(
                progress,
                asked(new ToolCall("a", "read", "not json")),
                new Event.ToolStarted("a", "read", Effect.READ),
                finished(ToolResult.ok("a", "one")));
        progress.onDelta(new Delta.Text("Found it."));
        assertEquals("Let me look.\n› read not json · 1 line\n\nFound it.", screen());
    }

    @Test
    void aBrokenAnswerIsSaidNotToCountBeforeItBeginsAgain() {
        Progress progress = progress(false);
        progress.onDelta(new Delta.Text("The answ"));
        progress.onDelta(new Delta.Discarded("lost the connection"));
        progress.onDelta(new Delta.Waiting(Duration.ofMillis(3_600), "lost the connection"));
        progress.onDelta(new Delta.Text("The answer."));
        assertEquals("""
                The answ
                ! broken off; the answer above does not count: lost the connection
                … lost the connection; next try in 4 s

                The answer.""", screen());
    }

    @Test
    void aWaitGivesWayToTheAnswerOnATerminal() {
        Progress progress = progress(true);
        progress.onDelta(new Delta.Waiting(Duration.ofSeconds(4), "anthropic is overloaded"));
        progress.onDelta(new Delta.Text("The answer.\n\n"));
        assertEquals(
                "\r<K><2m>  … anthropic is overloaded; next try in 4 s<0m>\r<K>The answer.\n",
                screen().replaceAll("\u001b\\[([0-9]*[mK])", "<$1>"));
    }

    @Test
    void aChangeOfModelIsSaid() {
        progress(false).onDelta(new Delta.Switched("a/one", "b/two", "a is overloaded"));
        assertEquals("! b/two answers instead: a is overloaded\n", screen());
    }

    @Test
    void onATerminalWordsAreSetAndWhatIsLeftOfThemComesBeforeTheCalls() {
        Progress progress = progress(true);
        progress.onDelta(new Delta.Text("I *mend* `it`"));
        show(
                progress,
                asked(new ToolCall("a", "edit", "{\"path\":\"A.java\"}")),
                new Event.ToolStarted("a", "edit", Effect.KEYED),
                finished(ToolResult.ok("a", "Edited A.java (+1 -1)\n@@ -1,2 +1,2 @@\n-one a\n+one b\n two")));
        assertEquals("""
                I <3m>mend<0m> <36m>it<0m>
                <36m>› <0m><1m>edit<0m> A.java
                  <2m>Edited A.java (+1 -1)<0m>
                  <36m>@@ -1,2 +1,2 @@<0m>
                  <31m>- <0m><31m>one <0m><31;7m>a<0m>
                  <32m>+ <0m><32m>one <0m><32;7m>b<0m>
                    two
                """, screen().replaceAll("\u001b\\[([0-9;]*[mK])", "<$1>"));
    }

    @Test
    void anInterruptedAnswerIsShownAsFarAsItCame() {
        Progress progress = progress(true);
        progress.onDelta(new Delta.Text("Half an"));
        show(progress, new Event.TurnEnded(new Outcome.Cancelled()));
        assertEquals("Half an\n", screen());
    }
}
