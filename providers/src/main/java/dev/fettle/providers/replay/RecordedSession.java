package dev.fettle.providers.replay;

import dev.fettle.core.session.Event;
import dev.fettle.core.session.EventJson;
import dev.fettle.core.session.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// A session as its events tell it, one JSON object a line: what `run --record` and `sessions export` write.
public record RecordedSession(List<Event> events) {
    public RecordedSession {
        events = List.copyOf(events);
    }

    /// Reads a recording. Lines that are no events are passed over, such as the result that `--output jsonl`
    /// prints last.
    ///
    /// @throws IllegalArgumentException naming the line that makes no sense, or if there is nothing to do again
    public static RecordedSession parse(String text) {
        List<Event> events = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.contains("\"type\":") && !line.startsWith("{\"type\":\"result\"")) {
                try {
                    events.add(EventJson.read(line));
                } catch (JacksonException e) {
                    throw new IllegalArgumentException(
                            "Line %d of the recording is not an event: %s".formatted(number, e.getOriginalMessage()),
                            e);
                }
            }
        }
        RecordedSession session = new RecordedSession(events);
        if (session.prompts().isEmpty() || session.answers().isEmpty()) {
            throw new IllegalArgumentException("The recording has no prompt, or no answer of a model");
        }
        return session;
    }

    /// What the user said to begin a turn each.
    public List<String> prompts() {
        List<String> prompts = new ArrayList<>();
        boolean isTurnOpen = false;
        for (Event event : events) {
            if (event instanceof Event.UserSaid said && !isTurnOpen) {
                prompts.add(said.text());
                isTurnOpen = true;
            } else if (event instanceof Event.TurnEnded) {
                isTurnOpen = false;
            }
        }
        return prompts;
    }

    List<Event.AssistantSaid> answers() {
        return events.stream()
                .filter(Event.AssistantSaid.class::isInstance)
                .map(Event.AssistantSaid.class::cast)
                .toList();
    }

    /// The model of the first answer, as `provider/id`.
    public String model() {
        return answers().getFirst().model();
    }

    /// How the last turn ended; empty if the recording stops before.
    public Optional<Status> outcome() {
        return events.reversed().stream()
                .filter(Event.TurnEnded.class::isInstance)
                .map(each -> ((Event.TurnEnded) each).outcome().status())
                .findFirst();
    }
}
