package dev.fettle.providers.resilience;

import dev.fettle.core.message.Message;
import dev.fettle.core.model.Delta;
import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.model.ModelException.Kind;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.testkit.ScriptedModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the tests of wrappers ask, and what they are answered.
final class Calls {
    static final Model MODEL = new Model("first", "big", 200_000, 8_000, Optional.empty());
    static final Model OTHER = new Model("second", "small", 100_000, 4_000, Optional.empty());

    /// What the viewer of the last call saw.
    final List<Delta> shown = new ArrayList<>();

    static ModelRequest request(String text) {
        return new ModelRequest(
                MODEL, "Be good.", List.of(), List.of(new Message.User(text, List.of())), Optional.empty());
    }

    ModelResponse ask(ModelProvider provider) throws InterruptedException {
        shown.clear();
        return provider.complete(request("Hi"), shown::add);
    }

    Kind failure(ModelProvider provider) throws InterruptedException {
        return failing(provider).kind();
    }

    ModelException failing(ModelProvider provider) throws InterruptedException {
        try {
            throw new AssertionError("answered: " + ask(provider));
        } catch (ModelException e) {
            return e;
        }
    }

    static ScriptedModel.Step fails(Kind kind) {
        return _ -> {
            throw new ModelException(kind, "out of order");
        };
    }

    static ScriptedModel.Step limited(Duration retryAfter) {
        return _ -> {
            throw new ModelException(Kind.RATE_LIMITED, "too many", Optional.of(retryAfter));
        };
    }

    static ScriptedModel.Step gives(ModelResponse answer) {
        return _ -> answer;
    }
}
