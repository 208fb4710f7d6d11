package dev.fettle.server.api.workspace;

import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunChanges;
import dev.fettle.core.session.Session;
import dev.fettle.core.workspace.FileInfo;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.kept.ArchiveFormat;
import dev.fettle.core.workspace.kept.TreeFiles;
import dev.fettle.server.api.guard.Visible;
import dev.fettle.server.api.run.Workspaces;
import dev.fettle.server.exchange.Access;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Request;
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
    ///
    /// @param kind `file`, `directory`, `link` or `other`
    record FileView(String path, String kind, long size, String modifiedAt) {
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
                Route.get("/api/v1/runs/{id}/diff", read, this::diff),
                Route.get("/api/v1/sessions/{id}/files", read, this::all),
                Route.get("/api/v1/sessions/{id}/files/{path...}", read, this::one),
                Route.get("/api/v1/sessions/{id}/archive", read, this::archive));
    }

    private Answer diff(Request request) {
        Run run = visible.run(Visible.caller(request), request.value("id"));
        if (!run.hasEnded()) {
            throw new Problem(409, "The run has not ended; what it changes is told when it has.").exception();
        }
        String name = run.id() + ".diff";
        if (run.startedAt().isEmpty()) {
            return saved(Answer.text("text/x-diff", ""), name);
        }
        RunChanges.Change change = changes.of(run)
                .orElseThrow(() -> new Problem(404, "What this run changed is not kept, or no longer.").exception());
        return saved(Answer.stream("text/x-diff", out -> changes.write(change, out)), name);
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
            throw new Problem(400, "`path` is the name of a directory in the workspace, as `src/main`.").exception();
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
