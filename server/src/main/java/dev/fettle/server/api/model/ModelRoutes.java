package dev.fettle.server.api.model;

import dev.fettle.core.model.Model;
import dev.fettle.core.usage.Price;
import dev.fettle.server.exchange.Access;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.json.Form;
import dev.fettle.server.json.TextForm;
import dev.fettle.server.operation.Operation;
import dev.fettle.server.route.Route;
import java.util.List;
import java.util.Optional;

/// Which models there are.
public record ModelRoutes(Models models) {

    /// A model as it is shown.
    ///
    /// @param price US dollars per million tokens
    record View(String name, boolean ready, int contextWindow, int maxOutputTokens, Optional<Prices> price) {}

    record Prices(
            @Form(TextForm.MONEY) String input,
            @Form(TextForm.MONEY) String cacheRead,
            @Form(TextForm.MONEY) String cacheWrite,
            @Form(TextForm.MONEY) String output) {}

    record ModelList(List<View> models) {}

    public List<Route> list() {
        return List.of(Route.get("/api/v1/models", new Access.Scoped("read"), _ -> all())
                .as(Operation.of("list_models", "List models", "What they take, and whether they can be used.")
                        .gives(200, "The models.", ModelList.class)));
    }

    private Answer all() {
        return Answer.json(new ModelList(models.list().stream()
                .map(each -> view(each.model(), each.isReady()))
                .toList()));
    }

    private static View view(Model model, boolean isReady) {
        return new View(
                model.name(),
                isReady,
                model.contextWindow(),
                model.maxOutputTokens(),
                model.price().map(ModelRoutes::prices));
    }

    private static Prices prices(Price price) {
        return new Prices(
                price.input().toPlainString(),
                price.cacheRead().toPlainString(),
                price.cacheWrite().toPlainString(),
                price.output().toPlainString());
    }
}
