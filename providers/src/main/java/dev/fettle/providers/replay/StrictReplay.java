package dev.fettle.providers.replay;

import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.model.Delta;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.core.session.Conversation;
import dev.fettle.core.session.Event;
import dev.fettle.core.tool.Effect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Answers from a recorded session as long as the world answers alike: a tool that tells the model something
/// else than it did then ends the replay. Of commands only counts whether they worked, for what they print
/// has times and places in it.
public final class StrictReplay implements ModelProvider {
    private static final int LONGEST_SHOWN = 200;

    private final RecordedSession session;
    private final ReplayedModel answers;
    private final Set<String> commands = new HashSet<>();

    public StrictReplay(RecordedSession session) {
        this.session = session;
        this.answers = new ReplayedModel(new Recording(session.answers().stream()
                .map(said -> new ModelResponse(new Message.Assistant(said.content()), said.stopReason(), said.usage()))
                .toList()));
        for (Event event : session.events()) {
            if (event instanceof Event.ToolStarted started && started.effect() == Effect.UNSAFE) {
                commands.add(started.callId());
            }
        }
    }

    @Override
    public ModelResponse complete(ModelRequest request, Consumer<Delta> deltas) throws InterruptedException {
        int given = (int) request.messages().stream()
                .filter(Message.Assistant.class::isInstance)
                .count();
        List<ToolResult> expected = results(before(given));
        List<ToolResult> found = results(request.messages());
        for (int i = 0; i < Math.min(expected.size(), found.size()); i++) {
            if (!isSame(expected.get(i), found.get(i))) {
                throw diverged(given, expected.get(i), found.get(i));
            }
        }
        return answers.complete(request, deltas);
    }

    /// The messages that the recorded model saw before this answer.
    private List<Message> before(int answer) {
        Conversation conversation = new Conversation();
        int left = answer;
        for (Event event : session.events()) {
            if (event instanceof Event.AssistantSaid && left-- == 0) {
                break;
            }
            conversation.apply(event);
        }
        return conversation.messages();
    }

    private static List<ToolResult> results(List<Message> messages) {
        List<ToolResult> results = new ArrayList<>();
        for (Message message : messages) {
            if (message instanceof Message.Results each) {
                results.addAll(each.results());
            }
        }
        return results;
    }

    private boolean isSame(ToolResult expected, ToolResult found) {
        return expected.kind() == found.kind()
                && (commands.contains(expected.callId()) || expected.text().equals(found.text()));
    }

    private static ModelException diverged(int answer, ToolResult expected, ToolResult found) {
        return new ModelException(
                ModelException.Kind.INVALID_REQUEST,
                "The replay went another way before answer %d: call %s brought %s `%s`; in the recording %s `%s`"
                        .formatted(
                                answer + 1,
                                expected.callId(),
                                word(found),
                                difference(found.text(), expected.text()),
                                word(expected),
                                difference(expected.text(), found.text())));
    }

    private static String word(ToolResult result) {
        return result.isError() ? "the error" : "the result";
    }

    /// From the first line on in which it differs from the other.
    private static String difference(String text, String other) {
        List<String> lines = text.lines().toList();
        List<String> others = other.lines().toList();
        int at = 0;
        while (at < Math.min(lines.size(), others.size()) && lines.get(at).equals(others.get(at))) {
            at++;
        }
        String rest = String.join("\n", lines.subList(Math.min(at, lines.size()), lines.size()));
        return rest.length() <= LONGEST_SHOWN ? rest : rest.substring(0, LONGEST_SHOWN - 1) + "…";
    }
}
