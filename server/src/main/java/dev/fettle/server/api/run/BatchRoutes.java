package dev.fettle.server.api.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.fettle.core.run.Run;
import dev.fettle.server.api.guard.Troubles;
import dev.fettle.server.api.guard.Visible;
import dev.fettle.server.exchange.Access;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Request;
import dev.fettle.server.json.Each;
import dev.fettle.server.json.WireJson;
import dev.fettle.server.json.Within;
import dev.fettle.server.operation.Operation;
import dev.fettle.server.problem.Problem;
import dev.fettle.server.problem.ProblemDocument;
import dev.fettle.server.route.Route;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// Many orders in one request, each taken on or refused by itself.
public record BatchRoutes(RunDesk desk, RunWait waiting) {
    private static final Logger LOG = LoggerFactory.getLogger(BatchRoutes.class);

    /// @param isPatient whether to wait for the runs, as long as clients wait for one
    record Batch(
            @Each(RunOrder.class) @Within(least = 1, most = 50)
            List<JsonNode> requests,

            @JsonProperty("wait") Optional<Boolean> isPatient) {}

    /// What became of one order.
    ///
    /// @param index its place among the requests, from 0
    /// @param status as for the order alone: 202 with a run to follow, 200 with one that has ended
    record Item(int index, int status, Optional<RunView> run, Optional<ProblemDocument> problem) {}

    record BatchAnswer(List<Item> results) {}

    private sealed interface Entry {
        record Taken(Run run) implements Entry {}

        record Refused(Problem problem) implements Entry {}
    }

    public List<Route> list() {
        return List.of(Route.post("/api/v1/batch", new Access.Scoped("run"), this::submit)
                .as(Operation.of(
                                "order_batch",
                                "Order many runs",
                                "Each is taken on or refused by itself, so look at each `status`. With `wait` the results"
                                        + " are given of those that end soon; the others are to be followed.")
                        .takes(Batch.class)
                        .gives(200, "What became of each, in their order.", BatchAnswer.class)));
    }

    private Answer submit(Request request) throws InterruptedException {
        Batch batch = request.json(Batch.class);
        List<Entry> entries =
                batch.requests().stream().map(each -> entry(request, each)).toList();
        List<Run> runs = entries.stream().flatMap(BatchRoutes::run).toList();
        Iterator<Run> now = (batch.isPatient().orElse(false) ? waiting.await(runs) : runs).iterator();
        List<Item> items = new ArrayList<>();
        for (Entry entry : entries) {
            items.add(
                    switch (entry) {
                        case Entry.Taken _ -> item(items.size(), now.next());
                        case Entry.Refused refused ->
                            item(items.size(), refused.problem(), request.head().id());
                    });
        }
        return Answer.json(new BatchAnswer(items));
    }

    /// A bug is told here like a refusal and logged: if it ended the request, the runs before it would be
    /// queued again by whoever sends it once more.
    private Entry entry(Request request, JsonNode order) {
        try {
            return new Entry.Taken(
                    desk.submit(Visible.caller(request), WireJson.read(order, RunOrder.class, request.texts())));
        } catch (RuntimeException e) {
            return new Entry.Refused(Troubles.of(e).orElseGet(() -> {
                LOG.error("An order of a batch failed", e);
                return new Problem(500, "Something is wrong with this server. Tell its operator the request id.");
            }));
        }
    }

    private static Stream<Run> run(Entry entry) {
        return entry instanceof Entry.Taken taken ? Stream.of(taken.run()) : Stream.of();
    }

    private Item item(int index, Run run) {
        Optional<RunResult> result = waiting.result(run);
        return new Item(index, run.hasEnded() ? 200 : 202, Optional.of(RunView.of(run, result)), Optional.empty());
    }

    private static Item item(int index, Problem problem, String requestId) {
        return new Item(index, problem.status(), Optional.empty(), Optional.of(ProblemDocument.of(problem, requestId)));
    }
}
