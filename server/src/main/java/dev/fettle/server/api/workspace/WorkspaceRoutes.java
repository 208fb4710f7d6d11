package dev.fettle.server.api.workspace;

import dev.fettle.core.audit.Audit;
import dev.fettle.core.run.Run;
import dev.fettle.core.session.SessionFilter;
import dev.fettle.core.workspace.kept.ArchiveFormat;
import dev.fettle.core.workspace.kept.KeptWorkspace;
import dev.fettle.core.workspace.kept.KeptWorkspace.State;
import dev.fettle.core.workspace.kept.KeptWorkspaces;
import dev.fettle.core.workspace.kept.KeptWorkspaces.Label;
import dev.fettle.core.workspace.kept.TreeFiles;
import dev.fettle.core.workspace.kept.TreeSize;
import dev.fettle.server.api.guard.Page;
import dev.fettle.server.api.guard.Visible;
import dev.fettle.server.api.run.GitOrder;
import dev.fettle.server.api.run.Workspaces;
import dev.fettle.server.exchange.Access;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Caller;
import dev.fettle.server.exchange.Request;
import dev.fettle.server.json.MaxLength;
import dev.fettle.server.json.TextForm;
import dev.fettle.server.operation.Operation;
import dev.fettle.server.operation.Parameter;
import dev.fettle.server.operation.Reply;
import dev.fettle.server.problem.Problem;
import dev.fettle.server.route.Route;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Workspaces: made of nothing, of an archive or of a repository, listed, shown and removed.
public record WorkspaceRoutes(
        Visible visible, Workspaces workspaces, KeptWorkspaces kept, TreeFiles files, FetchWait fetches, Audit audit) {
    private static final String PATH = "/api/v1/workspaces";
    private static final int LONGEST_NAME = 200;
    private static final String ADDRESS = "The address of the workspace.";

    record Wanted(@MaxLength(LONGEST_NAME) Optional<String> name, Optional<GitOrder> git) {}

    record WorkspaceList(List<WorkspaceView> workspaces, Optional<String> nextCursor) {}

    private static final Parameter ID = Parameter.path("id", TextForm.WORKSPACE_ID, "The workspace.");

    public List<Route> list() {
        Access read = new Access.Scoped("read");
        Access run = new Access.Scoped("run");
        return List.of(
                Route.post(PATH, run, this::make).as(making()),
                Route.get(PATH, read, this::all)
                        .as(Operation.of(
                                        "list_workspaces",
                                        "List workspaces",
                                        "The newest first; an administrator sees all.")
                                .with(Page.LIMIT, Page.CURSOR)
                                .gives(200, "A page of them.", WorkspaceList.class)),
                Route.get(PATH + "/{id}", read, this::one)
                        .as(Operation.of("get_workspace", "Look at a workspace", "How it stands, and what it holds.")
                                .with(ID)
                                .gives(200, "The workspace.", WorkspaceView.class)),
                Route.delete(PATH + "/{id}", run, this::delete)
                        .as(Operation.of("delete_workspace", "Remove a workspace", "With all that is in it.")
                                .with(ID)
                                .gives(Reply.empty(204, "It is gone."))
                                .refuses(409, "A run that works in it has not ended.")));
    }

    private static Operation making() {
        return Operation.of(
                        "make_workspace",
                        "Make a workspace",
                        "Of the archive that is the body, of a repository, or of nothing.")
                .with(
                        Parameter.query(
                                "name", new Parameter.Kind.Text(LONGEST_NAME), "What to call that of an archive."),
                        Parameter.header(
                                "Prefer",
                                new Parameter.Kind.Words(List.of("respond-async")),
                                "Not to wait for a repository."))
                .mayTake(Wanted.class)
                .orTakes(Arrays.stream(ArchiveFormat.values())
                        .map(ArchiveFormat::mediaType)
                        .toList())
                .gives(Reply.json(201, "The workspace.", WorkspaceView.class).with("Location", ADDRESS))
                .gives(Reply.json(202, "The workspace, whose repository is being fetched.", WorkspaceView.class)
                        .with("Location", ADDRESS))
                .refuses(413, "The archive is too large, or what is in it.")
                .refuses(422, "The body does not fit, or the archive or the repository is not taken.")
                .refuses(507, "There is no room for more workspaces.");
    }

    private KeptWorkspace named(Request request) {
        return workspaces.kept(Visible.caller(request), request.value("id"));
    }

    private Answer make(Request request) throws InterruptedException {
        Optional<ArchiveFormat> archive = request.archive();
        if (archive.isPresent()) {
            return made(201, unpacked(request, archive.get()));
        }
        Wanted wanted = request.head().has("Content-Type")
                ? request.json(Wanted.class)
                : new Wanted(Optional.empty(), Optional.empty());
        Label label = label(request, wanted.name());
        if (wanted.git().isEmpty()) {
            return made(201, kept.make(label));
        }
        return fetched(request, kept.fetch(label, wanted.git().get().source()));
    }

    private static Label label(Request request, Optional<String> name) {
        return new Label(Visible.caller(request).user(), name.orElse("").strip());
    }

    private KeptWorkspace unpacked(Request request, ArchiveFormat format) throws InterruptedException {
        Optional<String> name = request.parameter("name");
        if (name.filter(each -> each.length() > LONGEST_NAME).isPresent()) {
            throw new Problem(400, "`name` has at most %d characters.".formatted(LONGEST_NAME)).exception();
        }
        try {
            return kept.unpack(label(request, name), format, request.body().stream());
        } catch (IOException e) {
            throw new InterruptedException("Nobody sends the rest of the archive");
        }
    }

    /// Who is told at once that it failed has nothing to remove.
    private Answer fetched(Request request, KeptWorkspace begun) throws InterruptedException {
        boolean isAsync = request.head().headers().getOrDefault("prefer", List.of()).stream()
                .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("respond-async"));
        KeptWorkspace workspace = isAsync ? begun : fetches.await(begun);
        return switch (workspace.state()) {
            case State.Ready _ -> made(201, workspace);
            case State.Preparing _ -> made(202, workspace);
            case State.Failed failed -> {
                kept.delete(workspace.id());
                throw new Problem(422, failed.reason()).exception();
            }
        };
    }

    private static Answer made(int status, KeptWorkspace workspace) {
        return Answer.json(status, WorkspaceView.of(workspace)).with("Location", PATH + "/" + workspace.id());
    }

    private Answer all(Request request) {
        Caller caller = Visible.caller(request);
        Stream<KeptWorkspace> found = kept.list().stream().filter(each -> Visible.isVisible(caller, each.user()));
        Page.Part<KeptWorkspace> part =
                Page.of(request).of(found, each -> each.id().value());
        return Answer.json(
                new WorkspaceList(part.items().stream().map(WorkspaceView::of).toList(), part.next()));
    }

    private Answer one(Request request) {
        KeptWorkspace workspace = named(request);
        Optional<TreeSize> size = workspace.state() instanceof State.Ready
                ? Optional.of(files.size(kept.directory(workspace.id())))
                : Optional.empty();
        return Answer.json(WorkspaceView.of(workspace, size));
    }

    /// A run that works there would go on in nothing.
    private Answer delete(Request request) {
        KeptWorkspace workspace = named(request);
        openRun(kept.directory(workspace.id())).ifPresent(run -> {
            throw new Problem(409, "%s works in it and has not ended; cancel it first.".formatted(run.id()))
                    .exception();
        });
        audit.append(
                Visible.caller(request).user(),
                "workspace.delete",
                workspace.id().value(),
                "");
        kept.delete(workspace.id());
        return Answer.empty(204);
    }

    private Optional<Run> openRun(Path directory) {
        return visible.sessions().list(SessionFilter.ALL.in(directory.toString())).stream()
                .flatMap(session -> visible.runs().latest(session.id()).stream())
                .filter(run -> !run.hasEnded())
                .findFirst();
    }
}
