package dev.fettle.providers.replay;

import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.permission.Permission;
import dev.fettle.core.session.Event;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.tool.Tool;
import dev.fettle.core.tool.ToolContext;
import dev.fettle.core.tool.ToolException;
import dev.fettle.core.tool.ToolOutput;
import dev.fettle.core.tool.ToolSpec;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/// Gives what a tool gave when a session was recorded: to each call what one with the same arguments was
/// given, in their order. For tools whose answers come from models or are for later sessions, so that a
/// recording has nothing to do them with again. Safe for use by several threads.
public final class RecordedTool implements Tool {
    private final String name;
    private final Effect effect;
    private final Map<String, Queue<Event.ToolFinished>> given = new HashMap<>();

    public RecordedTool(String name, Effect effect, RecordedSession session) {
        this.name = name;
        this.effect = effect;
        Map<String, String> arguments = new HashMap<>();
        for (Event event : session.events()) {
            if (event instanceof Event.AssistantSaid said) {
                said.content().stream()
                        .filter(block ->
                                block instanceof ToolCall call && call.name().equals(name))
                        .map(ToolCall.class::cast)
                        .forEach(call -> arguments.put(call.id(), call.arguments()));
            } else if (event instanceof Event.ToolFinished finished
                    && arguments.containsKey(finished.result().callId())) {
                given.computeIfAbsent(arguments.get(finished.result().callId()), _ -> new ArrayDeque<>())
                        .add(finished);
            }
        }
    }

    /// Shown to nobody: the model's answers are recorded too.
    @Override
    public ToolSpec spec() {
        return new ToolSpec(name, "Gives what is recorded.", "{\"type\":\"object\"}");
    }

    @Override
    public Effect effect() {
        return effect;
    }

    @Override
    public Invocation prepare(String arguments) {
        return new Invocation() {
            @Override
            public List<Permission> permissions() {
                return List.of();
            }

            @Override
            public ToolOutput run(ToolContext context) {
                return next(arguments);
            }
        };
    }

    private synchronized ToolOutput next(String arguments) {
        Queue<Event.ToolFinished> left = given.getOrDefault(arguments, new ArrayDeque<>());
        Event.ToolFinished finished = left.poll();
        if (finished == null) {
            throw new ToolException("The recording has no answer to this call of " + name);
        }
        ToolResult result = finished.result();
        if (result.isError()) {
            throw new ToolException(result.text());
        }
        return new ToolOutput(result.text(), result.images(), finished.seen(), finished.report(), finished.spending());
    }
}
