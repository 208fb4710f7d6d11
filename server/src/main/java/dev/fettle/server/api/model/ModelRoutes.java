package dev.fettle.server.api.model;

import dev.fettle.core.model.Model;
import dev.fettle.core.usage.Price;
import dev.fettle.server.exchange.Access;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.route.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which models there are.
public record ModelRoutes(Models models) {

    /// A model as it is shown.
    ///
    /// @param price US dollars per million tokens
    record View(
            String name, boolean ready, int contextWindow, int maxOutputTokens, Optional<Map<String, String>> price) {}

    public List<Route> list() {
        return List.of(Route.get("/api/v1/models", new Access.Scoped("read"), _ -> all()));
    }

    private Answer all() {
        return Answer.json(Map.of(
                "models",
                models.list().stream()
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

    private static Map<String, String> prices(Price price) {
        return Map.of(
                "input", price.input().toPlainString(),
                "cache_read", price.cacheRead().toPlainString(),
                "cache_write", price.cacheWrite().toPlainString(),
                "output", price.output().toPlainString());
    }
}
