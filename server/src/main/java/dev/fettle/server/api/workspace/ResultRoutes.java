package dev.fettle.server.api.workspace;

import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunChanges;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.Session;
import dev.fettle.core.snapshot.TreeChange;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.workspace.FileInfo;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.kept.ArchiveFormat;
import dev.fettle.core.workspace.kept.TreeFiles;
import dev.fettle.server.api.guard.Visible;
import dev.fettle.server.api.run.RunSpan;
import dev.fettle.server.api.run.Workspaces;
import dev.fettle.server.exchange.Access;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Request;
import dev.fettle.server.json.Form;
import dev.fettle.server.json.TextForm;
import dev.fettle.server.operation.Operation;
import dev.fettle.server.operation.Parameter;
import dev.fettle.server.operation.Reply;
import dev.fettle.server.problem.Problem;
import dev.fettle.server.route.Route;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What runs leave behind: a patch of what one changed, and the files of a session. An agent made them, so a browser is
/// to show none of them as a page of ours: each is something to be saved.
public record ResultRoutes(Visible visible, Workspaces workspaces, TreeFiles files, RunChanges changes) {
    private static final int MOST_LISTED = 10_000;

    /// One thing in a workspace.
    record FileView(
            @Form(TextForm.FILE_PATH) String path,
            @Form(TextForm.FILE_KIND) String kind,
            long size,
            @Form(TextForm.TIME) String modifiedAt) {
        static FileView of(FileInfo file) {
            return new FileView(
                    file.path().value(),
                    file.kind().name().toLowerCase(Locale.ROOT),
                    file.size(),
                    file.modified().toString());
        }
    }

    /// What is in a workspace.
    ///
    /// @param complete whether it is all
    record FileList(List<FileView> files, boolean complete) {}

    public List<Route> list() {
        Access read = new Access.Scoped("read");
        return List.of(
                Route.get("/api/v1/runs/{id}/diff", read, this::diff)
                        .as(Operation.of(
                                        "get_run_diff",
                                        "What a run changed",
                                        "As a patch that `git apply` takes, from the run's start to its end.")
                                .with(Parameter.path("id", TextForm.RUN_ID, "The run."))
                                .gives(Reply.file("text/x-diff", "The patch; empty if nothing changed."))
                                .refuses(404, "There is no such run, or what it changed is not kept any more.")
                                .refuses(409, "The run has not ended.")),
                Route.get("/api/v1/sessions/{id}/files", read, this::all)
                        .as(inside("list_files", "List files", "What is in a session's directory.")
                                .with(Parameter.query(
                                        "path", TextForm.FILE_PATH, "Only what is in this directory, and below."))
                                .gives(200, "The files; `complete` tells whether these are all.", FileList.class)),
                Route.get("/api/v1/sessions/{id}/files/{path...}", read, this::one)
                        .as(inside("get_file", "Get a file", "One file of a session's directory, to be saved.")
                                .with(Parameter.path(
                                        "path", TextForm.FILE_PATH, "The file; its slashes may be encoded or not."))
                                .gives(Reply.file("application/octet-stream", "The file."))),
                Route.get("/api/v1/sessions/{id}/archive", read, this::archive).as(archived()));
    }

    /// One that looks into a session's directory.
    private static Operation inside(String id, String summary, String description) {
        return Operation.of(id, summary, description)
                .with(Parameter.path("id", TextForm.SESSION_ID, "The session."))
                .refuses(409, "The directory is gone, or still being prepared.");
    }

    private static Operation archived() {
        Operation operation = inside("get_archive", "Get all files", "All of a session's directory in one file.")
                .with(Parameter.query(
                        "format", TextForm.ARCHIVE_FORMAT, "How it is packed; `zip` if nothing is said."));
        for (ArchiveFormat format : ArchiveFormat.values()) {
            operation = operation.gives(Reply.file(format.mediaType(), "A `%s`.".formatted(format.suffix())));
        }
        return operation;
    }

    private Answer diff(Request request) {
        Run run = visible.run(Visible.caller(request), request.value("id"));
        if (!run.hasEnded()) {
            throw new Problem(409, "The run has not ended; what it changes is told when it has.").exception();
        }
        String name = run.id() + ".diff";
        Optional<TreeChange> change = changes.of(run);
        if (change.isEmpty() && mayHaveChanged(run)) {
            throw new Problem(404, "What this run changed is not kept, or no longer.").exception();
        }
        return saved(
                change.map(each -> Answer.stream("text/x-diff", out -> changes.write(each, out)))
                        .orElseGet(() -> Answer.text("text/x-diff", "")),
                name);
    }

    /// Whether it ran a tool that may change something.
    private boolean mayHaveChanged(Run run) {
        return RunSpan.of(run, visible.sessions()).stream()
                .anyMatch(
                        entry -> entry.event() instanceof Event.ToolStarted started && started.effect() != Effect.READ);
    }

    private Path directory(Request request) {
        Session session = visible.session(Visible.caller(request), request.value("id"));
        return workspaces.present(session);
    }

    private Answer all(Request request) {
        FilePath below = request.parameter("path").map(ResultRoutes::path).orElse(FilePath.ROOT);
        TreeFiles.Listing listing = files.list(directory(request), below, MOST_LISTED);
        return Answer.json(
                new FileList(listing.files().stream().map(FileView::of).toList(), listing.isComplete()));
    }

    private static FilePath path(String text) {
        try {
            return new FilePath(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        } catch (IllegalArgumentException e) {
            throw new Problem(400, "`path` names something in the workspace, as `src/main`.").exception();
        }
    }

    /// Opened twice, so that it can be said beforehand that there is none, and nothing stays open if nobody takes it.
    private Answer one(Request request) {
        Path directory = directory(request);
        FilePath path = path(request.value("path"));
        try (TreeFiles.Opened _ = opened(directory, path)) {
            Answer answer = Answer.stream("application/octet-stream", out -> {
                try (TreeFiles.Opened file = opened(directory, path)) {
                    file.content().transferTo(out);
                }
            });
            return saved(answer, path.name());
        } catch (IOException e) {
            throw missing();
        }
    }

    private TreeFiles.Opened opened(Path directory, FilePath path) {
        return files.open(directory, path).orElseThrow(ResultRoutes::missing);
    }

    private static RuntimeException missing() {
        return new Problem(404, "There is no such file in the workspace; links are not followed.").exception();
    }

    private Answer archive(Request request) {
        Path directory = directory(request);
        ArchiveFormat format = Optional.of(request.parameter("format").orElse("zip"))
                .flatMap(ArchiveFormat::ofSuffix)
                .orElseThrow(() -> new Problem(400, "`format` is one of zip, tar.gz, tar.").exception());
        return saved(
                Answer.stream(format.mediaType(), out -> files.pack(directory, format, out)),
                request.value("id") + "." + format.suffix());
    }

    /// RFC 6266, with a name that RFC 8187 encodes; the plain one is for programs that do not know it.
    private static Answer saved(Answer answer, String name) {
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        return answer.with(
                "Content-Disposition",
                "attachment; filename=\"%s\"; filename*=UTF-8''%s"
                        .formatted(name.replaceAll("[^A-Za-z0-9._-]", "_"), encoded));
    }
}
