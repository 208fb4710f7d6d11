package dev.fettle.core.context;

import dev.fettle.core.session.Conversation;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.Event.Informed;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.todo.Todo;
import dev.fettle.core.tool.Effect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.IntStream;

/// What of a session must not get lost however often it is compacted. It is taken from the log and not from what a
/// model remembers of it: the user's own words, what is to be done, which files were changed, what was allowed and
/// refused, and what was put in beside. Each part is bounded; what does not fit is counted, and newer things go before
/// older ones.
///
/// The system text and the content that files were seen with are no messages, so compaction does not touch them.
final class Essentials {
    private final List<LogEntry> log;
    private final Conversation conversation;
    private final int room;
    private final StringBuilder text = new StringBuilder();

    private Essentials(List<LogEntry> log, int room) {
        this.log = log;
        this.conversation = Conversation.of(log);
        this.room = room;
    }

    /// The text for a model.
    ///
    /// @param room how many characters it should have at most; it may have half as many again
    static String of(List<LogEntry> log, int room) {
        Essentials essentials = new Essentials(log, room);
        essentials.write();
        return essentials.text.toString();
    }

    private void write() {
        section("The user's words, turn by turn (the last is what you are working on)", words());
        section("How to go about it", workflow());
        section("Your to-do list", fitting(todos(), room / 8));
        section("Files you have changed", fitting(changes(), room / 8));
        section("What was allowed and refused", fitting(decisions(), room / 8));
        section("The project's instructions for parts of the tree", put(Informed.Part.INSTRUCTIONS, room / 4));
        section("What the user had remembered", put(Informed.Part.MEMORY, room / 8));
        section("Secrets that have handles", fitting(handles(), room / 16));
    }

    private void section(String title, List<String> lines) {
        if (!lines.isEmpty()) {
            text.append("\n## ").append(title).append('\n');
            lines.forEach(line -> text.append(line).append('\n'));
        }
    }

    /// The first turn says what it is all about, the last what is wanted now.
    private List<String> words() {
        List<String> said = log.stream()
                .map(LogEntry::event)
                .filter(Event.UserSaid.class::isInstance)
                .map(event -> ((Event.UserSaid) event).text().strip())
                .toList();
        List<String> turns = IntStream.range(0, said.size())
                .mapToObj(i -> "%d. %s".formatted(i + 1, Clipped.of(said.get(i), room / 6)))
                .toList();
        if (turns.isEmpty()) {
            return List.of();
        }
        List<String> later = fitting(
                turns.subList(1, turns.size()), room / 2 - turns.getFirst().length());
        List<String> all = new ArrayList<>(List.of(turns.getFirst()));
        all.addAll(later);
        return all;
    }

    /// How the turn under way is to be gone about.
    private List<String> workflow() {
        List<String> directions = new ArrayList<>();
        for (LogEntry entry : log) {
            if (entry.event() instanceof Event.UserSaid) {
                directions.clear();
            } else if (entry.event() instanceof Event.Directed directed
                    && !directed.text().isBlank()) {
                directions.add(directed.text().strip());
            }
        }
        return conversation.isTurnOpen() ? directions : List.of();
    }

    private List<String> todos() {
        List<Todo> todos = conversation.todos();
        return todos.stream().allMatch(Todo::isDone)
                ? List.of()
                : todos.stream().map(Todo::line).toList();
    }

    /// The files that tools wrote which say so; what commands wrote is not known.
    private List<String> changes() {
        SequencedMap<String, Integer> changes = new LinkedHashMap<>();
        Set<String> writing = new HashSet<>();
        for (LogEntry entry : log) {
            if (entry.event() instanceof Event.ToolStarted started && started.effect() == Effect.KEYED) {
                writing.add(started.callId());
            } else if (entry.event() instanceof Event.ToolFinished finished
                    && writing.contains(finished.result().callId())
                    && !finished.result().isError()) {
                finished.seen().keySet().stream()
                        .sorted()
                        .forEach(path -> changes.putLast(path, changes.getOrDefault(path, 0) + 1));
            }
        }
        return changes.entrySet().stream()
                .map(each -> "- %s%s"
                        .formatted(each.getKey(), each.getValue() == 1 ? "" : ", %d times".formatted(each.getValue())))
                .toList();
    }

    /// What people decided; what rules decide they will decide again.
    private List<String> decisions() {
        SequencedSet<String> decisions = new LinkedHashSet<>();
        for (LogEntry entry : log) {
            if (entry.event() instanceof Event.PermissionDecided decided
                    && !decided.by().equals("policy")) {
                String reason = decided.reason().isBlank() ? "" : ": " + Clipped.of(decided.reason(), 500);
                decisions.addLast("- %s to %s%s"
                        .formatted(
                                decided.allowed()
                                        ? "allowed"
                                        : decided.by().equals("person") ? "REFUSED by the user" : "refused",
                                Clipped.of(decided.permission().describe(), 500),
                                reason));
            }
        }
        return List.copyOf(decisions);
    }

    private List<String> put(Informed.Part part, int most) {
        List<Informed> told = conversation.informed().stream()
                .filter(each -> each.part() == part)
                .toList();
        List<String> all = new ArrayList<>();
        int left = most;
        for (Informed each : told.reversed()) {
            if (each.text().length() <= left) {
                left -= each.text().length();
                all.addFirst(each.text());
            } else {
                all.addFirst("[left out: %s]".formatted(each.about()));
            }
        }
        return all;
    }

    private List<String> handles() {
        return conversation.secrets().stream()
                .map(each -> "- ⟨secret:%s⟩ (%s)".formatted(each.handle(), each.kind()))
                .toList();
    }

    /// The last of these lines that fit, and how many others there are.
    private static List<String> fitting(List<String> lines, int most) {
        int left = most;
        int first = lines.size();
        while (first > 0 && left - lines.get(first - 1).length() >= 0) {
            first--;
            left -= lines.get(first).length();
        }
        List<String> shown = new ArrayList<>(lines.subList(first, lines.size()));
        if (first > 0) {
            shown.addFirst("[%d left out]".formatted(first));
        }
        return shown;
    }
}
