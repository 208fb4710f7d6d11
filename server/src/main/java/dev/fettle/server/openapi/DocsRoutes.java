package dev.fettle.server.openapi;

import dev.fettle.server.exchange.Access;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.json.TextRules;
import dev.fettle.server.operation.Operation;
import dev.fettle.server.operation.Reply;
import dev.fettle.server.route.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The service as it describes itself: for programs, and for people.
public final class DocsRoutes {
    private final List<Route> described;
    private Optional<String> document = Optional.empty();
    private Optional<Page> page = Optional.empty();

    /// Describes these routes and its own. Nothing is drawn up before somebody asks.
    public DocsRoutes(List<Route> others) {
        described = new ArrayList<>(others);
        described.addAll(list());
    }

    public List<Route> list() {
        Access open = new Access.Open();
        return List.of(
                Route.get("/openapi.json", open, request -> Answer.text("application/json", document(request.texts())))
                        .as(Operation.of("describe_api", "This description", "The service as an OpenAPI document.")
                                .gives(Reply.text("application/json", "An OpenAPI 3.1 document."))),
                Route.get("/docs", open, _ -> page().answer())
                        .as(Operation.of("read_docs", "This description, to read", "The document as a page.")
                                .gives(Reply.text("text/html; charset=utf-8", "A page that needs nothing else."))));
    }

    private synchronized String document(TextRules texts) {
        if (document.isEmpty()) {
            document = Optional.of(OpenApi.of(described, texts).toString());
        }
        return document.get();
    }

    private synchronized Page page() {
        if (page.isEmpty()) {
            page = Optional.of(Page.read());
        }
        return page.get();
    }
}
