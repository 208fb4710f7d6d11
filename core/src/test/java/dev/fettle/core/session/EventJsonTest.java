package dev.fettle.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Image;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.permission.Permission;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.tool.Report;
import dev.fettle.core.usage.Limit;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Spending;
import dev.fettle.core.usage.Usage;
import dev.fettle.core.workflow.Intent;
import dev.fettle.core.workflow.Workflow;
import dev.fettle.core.workspace.Reach;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

/// The golden file is what is on people's disks. A line in it is never changed: a new variant or field is a new
/// line.
final class EventJsonTest {
    private static final String GOLDEN = "/golden/events-v1.jsonl";
    private static final Instant BEGUN = Instant.parse("2026-11-21T09:00:00.250Z");
    private static final Usage USAGE = new Usage(1200, 34_000, 560, 78, 9);

    private static List<Event> events() {
        List<Event> events = new ArrayList<>(List.of(
                new Event.SessionStarted("/home/ada/engine", "You are Fettle.\nWork well.\n"),
                new Event.UserSaid("Fix „it“ \uD83D\uDD27 \"now\"\t\u2028\0", List.of()),
                new Event.UserSaid("What is this?", List.of(new Image("image/png", "iVBORw0KGgo="))),
                new Event.AssistantSaid(
                        "anthropic/claude-sonnet-4-5",
                        List.of(
                                new ContentBlock.Reasoning("Hm.", "anthropic", "{\"signature\": \"EqQBCg==\"}"),
                                new ContentBlock.Text("Let me look."),
                                new ToolCall("call_1", "read", "{\"path\" :  \"a.txt\"")),
                        StopReason.TOOL_CALLS,
                        USAGE,
                        Money.of("0.0123"),
                        4321)));
        for (StopReason reason : List.of(StopReason.END, StopReason.MAX_TOKENS, StopReason.REFUSAL)) {
            events.add(new Event.AssistantSaid("ollama/qwen", List.of(), reason, Usage.ZERO, Money.ZERO, 0));
        }
        events.addAll(List.of(
                new Event.PermissionDecided(
                        "call_1", new Permission.Read("a.txt"), false, "policy", "built-in:git internals", "Outside."),
                new Event.PermissionDecided(
                        "call_2", new Permission.Write("b.txt"), true, "person", "user:write docs", ""),
                new Event.PermissionDecided(
                        "call_3",
                        new Permission.Execute("make test"),
                        false,
                        "nobody",
                        "default:unconfined command",
                        "--yes"),
                new Event.ToolStarted("call_1", "read", Effect.READ),
                new Event.ToolStarted("call_2", "edit", Effect.KEYED),
                new Event.ToolStarted("call_3", "bash", Effect.UNSAFE),
                new Event.ToolFinished(
                        new ToolResult(
                                "call_1",
                                ToolResult.Kind.OK,
                                "content",
                                List.of(new Image("image/jpeg", "/9j/4A=="), new Image("image/webp", "UklG"))),
                        Map.of("src/b.txt", "b1", "a.txt", "a1", "z.txt", "c1"),
                        17),
                new Event.ToolFinished(ToolResult.error("call_2", "No such file."), Map.of(), 0),
                new Event.ToolFinished(ToolResult.denied("call_3", "Not allowed."), Map.of(), 0),
                new Event.ToolFinished(ToolResult.cancelled("call_4", "Stopped."), Map.of(), 0),
                new Event.ToolFinished(ToolResult.unknown("call_5", "Unknown outcome."), Map.of(), 0)));
        Stream.of(
                        new Outcome.Completed(),
                        new Outcome.Cancelled(),
                        new Outcome.LimitReached(Limit.STEPS, "100 steps."),
                        new Outcome.LimitReached(Limit.TIME, "3600 s."),
                        new Outcome.LimitReached(Limit.BUDGET, "$1.00."),
                        new Outcome.LoopDetected("The same again."),
                        new Outcome.Denied("Nobody to ask."),
                        new Outcome.Failed(Outcome.Cause.AUTH, "No key."),
                        new Outcome.Failed(Outcome.Cause.PROVIDER_UNAVAILABLE, "Overloaded."),
                        new Outcome.Failed(Outcome.Cause.OTHER, "Empty answer."))
                .map(Event.TurnEnded::new)
                .forEach(events::add);
        events.add(new Event.PermissionDecided(
                "call_7",
                new Permission.Widen("npm install", Reach.NETWORK),
                true,
                "person",
                "default:wider reach",
                "It wants to leave."));
        events.add(new Event.PermissionDecided(
                "call_8", new Permission.Execute("ls"), true, "policy", "default:sandbox", ""));
        events.add(new Event.Advised("You are going in circles."));
        events.add(new Event.Shortened(3, 400));
        events.add(new Event.SecretSeen("openai#1", "openai", "0f1e2d3c4b5a69788796a5b4c3d2e1f0"));
        events.add(
                new Event.UserSaid("Go on", List.of(), Optional.of(new RunId("run_0198f2c47a117bb28f4de1c0a9d35e6b"))));
        events.add(new Event.ApprovalAsked("call_1", new Permission.Execute("make"), "default:execute", "no sandbox"));
        events.add(new Event.Restored(List.of("big.bin: larger than 100 MB")));
        events.add(new Event.Directed(Workflow.DEBUG, "order", "", "How to go about this task: debug"));
        events.add(new Event.Directed(
                Workflow.GENERATE,
                "model",
                "a parser",
                "",
                Optional.of(new Intent(Workflow.GENERATE, "a parser", List.of("java"), List.of("write"))),
                new Usage(10, 0, 0, 5, 0),
                Money.of("0.001")));
        events.add(new Event.ToolFinished(
                new ToolResult("call_9", ToolResult.Kind.OK, "Accepted.", List.of()),
                Map.of(),
                3,
                Optional.of(new Report("review", true, "All is well.", "{\"findings\":[]}")),
                Optional.empty()));
        for (Event.Informed.Part part : Event.Informed.Part.values()) {
            events.add(new Event.Informed(part, "docs/AGENTS.md", "Write \"short\" sentences."));
        }
        events.add(new Event.Compacted(
                "window",
                "no budget",
                3,
                "## The user's words\n1. go",
                80_000,
                9_000,
                new Usage(20, 0, 0, 7, 0),
                Money.of("0.002")));
        events.add(new Event.ToolFinished(
                ToolResult.ok("call_10", "## 1. Where?\nHere."),
                Map.of(),
                5,
                Optional.empty(),
                Optional.of(new Spending("test/model", 3, new Usage(30, 0, 0, 9, 0), Money.of("0.003")))));
        String before = "0123456789abcdef0123456789abcdef01234567";
        String after = "89abcdef0123456789abcdef0123456789abcdef";
        events.add(Event.TreeKept.ofTurn(Optional.of(before), Optional.empty(), ""));
        events.add(Event.TreeKept.ofTurn(Optional.empty(), Optional.empty(), "No space left on device."));
        for (Event.TreeKept.Cause cause : List.of(Event.TreeKept.Cause.UNDO, Event.TreeKept.Cause.REDO)) {
            events.add(new Event.TreeKept(
                    cause, List.of(2, 3), Optional.of(before), Optional.of(after), List.of("a.txt", "b/"), ""));
        }
        return events;
    }

    private static List<String> goldenLines() throws IOException {
        try (InputStream in = EventJsonTest.class.getResourceAsStream(GOLDEN)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    @Test
    void writesExactlyTheGoldenBytes() throws IOException {
        List<Event> events = events();

        assertEquals(
                String.join("\n", goldenLines()),
                IntStream.range(0, events.size())
                        .mapToObj(i -> EventJson.writeEntry(new LogEntry(i + 1L, BEGUN.plusSeconds(i), events.get(i))))
                        .collect(Collectors.joining("\n")));
    }

    @Test
    void readsEveryGoldenLine() throws IOException {
        assertEquals(events(), goldenLines().stream().map(EventJson::read).toList());
    }

    @Test
    void whatIsWrittenIsReadBack() {
        assertEquals(
                events(),
                events().stream().map(EventJson::write).map(EventJson::read).toList());
    }

    @Test
    void everyVariantIsInTheGoldenFile() throws IOException {
        List<Event> read = goldenLines().stream().map(EventJson::read).toList();

        assertEquals(variants(Event.class), classes(read.stream()));
        assertEquals(
                variants(ContentBlock.class),
                classes(read.stream()
                        .flatMap(event ->
                                event instanceof Event.AssistantSaid said ? said.content().stream() : Stream.empty())));
        assertEquals(
                variants(Permission.class),
                classes(read.stream()
                        .flatMap(event -> event instanceof Event.PermissionDecided decided
                                ? Stream.of(decided.permission())
                                : Stream.empty())));
        assertEquals(
                variants(Outcome.class),
                classes(read.stream()
                        .flatMap(event ->
                                event instanceof Event.TurnEnded ended ? Stream.of(ended.outcome()) : Stream.empty())));
    }

    private static Set<String> variants(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .collect(Collectors.toSet());
    }

    private static Set<String> classes(Stream<?> values) {
        return values.map(each -> each.getClass().getSimpleName()).collect(Collectors.toSet());
    }

    @Test
    void aLineBeginsWithItsType() {
        for (Event event : events()) {
            assertEquals("{\"type\":\"", EventJson.write(event).substring(0, 9));
        }
    }

    @Test
    void anOlderLineThatLacksALaterFieldStillLoads() {
        assertEquals(new Event.UserSaid("hi", List.of()), EventJson.read("{\"type\":\"user_said\",\"text\":\"hi\"}"));
        assertEquals(
                new Event.UserSaid("hi", List.of()),
                EventJson.read("{\"type\":\"user_said\",\"text\":\"hi\",\"images\":null}"));
        assertEquals(
                new Event.ToolFinished(ToolResult.ok("c", ""), Map.of(), 0),
                EventJson.read("{\"type\":\"tool_finished\",\"result\":{\"call_id\":\"c\",\"kind\":\"ok\"}}"));
        assertEquals(
                new Event.AssistantSaid("m", List.of(), StopReason.END, Usage.ZERO, Money.ZERO, 0),
                EventJson.read("""
                        {"type":"assistant_said","model":"m","stop_reason":"end","usage":{},"cost":"0"}"""));
        assertEquals(
                new Event.PermissionDecided("c", new Permission.Read("a"), false, "policy", "", ""),
                EventJson.read("""
                        {"type":"permission_decided","call_id":"c","permission":{"type":"read","path":"a"},\
                        "by":"policy"}"""));
    }

    @Test
    void fieldsOfANewerVersionAreIgnored() {
        assertEquals(
                new Event.UserSaid("hi", List.of()),
                EventJson.read("{\"mood\":[1],\"type\":\"user_said\",\"text\":\"hi\",\"images\":[],\"seq\":4}"));
    }

    @Test
    void whatCannotBeAnEventIsRefusedRatherThanFilledWithNothing() {
        for (String json : List.of(
                "",
                "not json",
                "null",
                "[]",
                "{}",
                "{\"type\":\"song_sung\"}",
                "{\"type\":\"turn_ended\"}",
                "{\"type\":\"tool_finished\",\"seen\":{},\"duration_ms\":1}",
                "{\"type\":\"tool_started\",\"call_id\":\"c\",\"name\":\"n\",\"effect\":\"magic\"}",
                "{\"type\":\"assistant_said\",\"model\":\"m\",\"stop_reason\":\"end\",\"cost\":\"0\"}",
                "{\"type\":\"user_said\",\"text\":\"a\",\"images\":[null]}",
                "{\"type\":\"user_said\",\"text\":\"a\",\"images\":[]} {}")) {
            assertThrows(JacksonException.class, () -> EventJson.read(json), json);
        }
    }
}
