package dev.fettle.server.api.memory;

import dev.fettle.core.memory.Fact;
import dev.fettle.core.memory.Memory;
import dev.fettle.server.api.guard.Page;
import dev.fettle.server.api.guard.Visible;
import dev.fettle.server.exchange.Access;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Request;
import dev.fettle.server.json.Form;
import dev.fettle.server.json.MaxLength;
import dev.fettle.server.json.TextForm;
import dev.fettle.server.operation.Operation;
import dev.fettle.server.operation.Parameter;
import dev.fettle.server.operation.Reply;
import dev.fettle.server.problem.Problem;
import dev.fettle.server.problem.ProblemException;
import dev.fettle.server.route.Route;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Facts that users want remembered: each sees and changes only their own.
public record MemoryRoutes(Memory memory) {
    private static final int LONGEST_PROJECT = 500;
    private static final int LONGEST_QUERY = 1_000;

    /// @param project what it is about; empty if it holds everywhere
    record Note(
            @Form(TextForm.SAID) @MaxLength(4_000) String text,
            @MaxLength(LONGEST_PROJECT) Optional<String> project) {}

    record Change(@Form(TextForm.SAID) @MaxLength(4_000) String text) {}

    record View(
            @Form(TextForm.FACT_ID) String factId,
            String text,
            Optional<String> project,
            @Form(TextForm.TIME) String createdAt,
            @Form(TextForm.TIME) String updatedAt) {
        static View of(Fact fact) {
            return new View(
                    fact.id(),
                    fact.text(),
                    fact.project(),
                    fact.createdAt().toString(),
                    fact.updatedAt().toString());
        }
    }

    record FactList(List<View> facts, @Form(TextForm.CURSOR) Optional<String> nextCursor) {}

    public List<Route> list() {
        Access read = new Access.Scoped("read");
        Access run = new Access.Scoped("run");
        return List.of(
                Route.post("/api/v1/memory", run, this::remember)
                        .as(Operation.of("remember", "Remember a fact", "It is found again by its words.")
                                .takes(Note.class)
                                .gives(201, "The fact.", View.class)),
                Route.get("/api/v1/memory", read, this::all)
                        .as(Operation.of(
                                        "recall",
                                        "List or find facts",
                                        "One's own, those changed last first. With `q` those that have one of its words or mean the like, the most"
                                                + " relevant first, of `project` and of none; they are one page.")
                                .with(
                                        Parameter.query("q", new Parameter.Kind.Text(LONGEST_QUERY), "Words to find."),
                                        Parameter.query(
                                                "project",
                                                new Parameter.Kind.Text(LONGEST_PROJECT),
                                                "What the facts are about."),
                                        Page.LIMIT,
                                        Page.CURSOR)
                                .gives(200, "The facts.", FactList.class)),
                new Route("PATCH", "/api/v1/memory/{id}", run, this::edit)
                        .as(Operation.of("edit_fact", "Change a fact", "Puts another text in its place.")
                                .with(Parameter.path("id", TextForm.FACT_ID, "The fact."))
                                .takes(Change.class)
                                .gives(200, "The fact as it is now.", View.class)
                                .refuses(404, "There is no such fact.")),
                Route.delete("/api/v1/memory/{id}", run, this::forget)
                        .as(Operation.of("forget", "Forget a fact", "It is gone for good.")
                                .with(Parameter.path("id", TextForm.FACT_ID, "The fact."))
                                .gives(Reply.empty(204, "It is forgotten."))
                                .refuses(404, "There is no such fact.")));
    }

    private static String user(Request request) {
        return Visible.caller(request).user();
    }

    private static Memory.Scope scope(Request request, Optional<String> project, int refusal) {
        return fitting(refusal, () -> new Memory.Scope(user(request), project.filter(each -> !each.isBlank())));
    }

    private Answer remember(Request request) throws InterruptedException {
        Note note = request.json(Note.class);
        Memory.Scope scope = scope(request, note.project(), 422);
        return Answer.json(201, View.of(fitting(422, () -> memory.remember(scope, note.text()))));
    }

    private Answer all(Request request) {
        Page page = Page.of(request);
        Optional<String> query = request.parameter("q").filter(each -> !each.isBlank());
        if (query.isPresent()) {
            Memory.Scope scope = scope(request, request.parameter("project"), 400);
            return Answer.json(new FactList(
                    memory.search(scope, query.get(), page.limit()).stream()
                            .map(View::of)
                            .toList(),
                    Optional.empty()));
        }
        Optional<String> project = request.parameter("project").filter(each -> !each.isBlank());
        Page.Part<Fact> part = page.of(
                memory.list(user(request), 0, Memory.MOST_AT_ONCE).stream()
                        .filter(fact -> project.isEmpty() || project.equals(fact.project())),
                MemoryRoutes::place);
        return Answer.json(new FactList(part.items().stream().map(View::of).toList(), part.next()));
    }

    /// Sorts as the list does: the time has as many digits for centuries to come.
    private static String place(Fact fact) {
        return "%d %s".formatted(fact.updatedAt().toEpochMilli(), fact.id());
    }

    private Answer edit(Request request) throws InterruptedException {
        Change change = request.json(Change.class);
        return Answer.json(View.of(fitting(422, () -> memory.edit(user(request), request.value("id"), change.text()))
                .orElseThrow(MemoryRoutes::unknown)));
    }

    private Answer forget(Request request) {
        if (!memory.forget(user(request), request.value("id"))) {
            throw unknown();
        }
        return Answer.empty(204);
    }

    private static ProblemException unknown() {
        return new Problem(404, "There is no such fact.").exception();
    }

    private static <T> T fitting(int refusal, Supplier<T> work) {
        try {
            return work.get();
        } catch (IllegalArgumentException e) {
            throw new Problem(refusal, String.valueOf(e.getMessage())).exception();
        }
    }
}
