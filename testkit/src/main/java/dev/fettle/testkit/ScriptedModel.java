package dev.fettle.testkit;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.model.Delta;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.model.ModelResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/// A model that answers what it was told to, in order, and remembers what it was asked. Once the script is used up it
/// is unavailable.
public final class ScriptedModel implements ModelProvider {
    private final List<Step> script;
    private final List<ModelRequest> requests = Collections.synchronizedList(new ArrayList<>());

    /// One answer of the script, made when the request has arrived; may throw or block.
    @FunctionalInterface
    public interface Step {
        ModelResponse answer(ModelRequest request) throws InterruptedException;
    }

    public ScriptedModel(List<Step> script) {
        this.script = List.copyOf(script);
    }

    public static ScriptedModel answering(ModelResponse... answers) {
        return new ScriptedModel(
                List.of(answers).stream().<Step>map(answer -> _ -> answer).toList());
    }

    public List<ModelRequest> requests() {
        return List.copyOf(requests);
    }

    @Override
    public ModelResponse complete(ModelRequest request, Consumer<Delta> deltas) throws InterruptedException {
        int index = requests.size();
        requests.add(request);
        if (index >= script.size()) {
            throw new ModelException(
                    ModelException.Kind.OVERLOADED, "The script ended after %d answers".formatted(script.size()));
        }
        ModelResponse answer = script.get(index).answer(request);
        for (ContentBlock block : answer.message().content()) {
            switch (block) {
                case ContentBlock.Text text -> deltas.accept(new Delta.Text(text.text()));
                case ContentBlock.Reasoning reasoning -> deltas.accept(new Delta.Reasoning(reasoning.text()));
                case ToolCall call -> deltas.accept(new Delta.CallBegun(call.name()));
            }
        }
        return answer;
    }
}
