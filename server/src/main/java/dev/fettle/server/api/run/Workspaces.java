package dev.fettle.server.api.run;

import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionStore;
import dev.fettle.core.workspace.kept.KeptWorkspace;
import dev.fettle.core.workspace.kept.KeptWorkspaces;
import dev.fettle.core.workspace.kept.WorkspaceId;
import dev.fettle.server.api.guard.Visible;
import dev.fettle.server.exchange.Caller;
import dev.fettle.server.problem.FieldError;
import dev.fettle.server.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where runs work: in directories directly below one root, and nowhere else. A user's own are among the
/// [KeptWorkspaces]; what an operator has put there is everybody's. Not deeper, because an agent that works
/// in `a` could put a link in the place of `a/b` between the look at it and its use.
///
/// A session names its directory when it begins. One that names none has the root for a workspace, and works in a
/// directory called like itself; its forks work there too, as they know the files. Such a directory cannot be named,
/// so nobody gets at another's.
public final class Workspaces {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final String SESSION = "ses_";
    private static final int MOST_FORKS = 1_000;

    private final Path root;
    private final SessionStore sessions;
    private final KeptWorkspaces kept;

    /// Workspaces below a directory, which is made if it is not there.
    public Workspaces(Path root, SessionStore sessions, KeptWorkspaces kept) {
        try {
            Files.createDirectories(root);
            this.root = root.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the directory for workspaces, " + root, e);
        }
        this.sessions = sessions;
        this.kept = kept;
    }

    void requireRoom() {
        kept.requireRoom();
    }

    /// What a session has for its workspace that works on a repository, which may take a while to be there.
    String fetched(Caller caller, GitOrder git) {
        KeptWorkspace workspace = kept.fetch(new KeptWorkspaces.Label(caller.user(), ""), git.source());
        return kept.directory(workspace.id()).toString();
    }

    /// A session that was to work in a workspace made for it will not.
    void forget(Session session) {
        id(Path.of(session.workspace())).ifPresent(kept::delete);
    }

    private Optional<WorkspaceId> id(Path directory) {
        return root.equals(directory.getParent())
                ? WorkspaceId.read(directory.getFileName().toString())
                : Optional.empty();
    }

    /// The workspace that the client named.
    ///
    /// @throws dev.fettle.server.problem.ProblemException with 404
    public KeptWorkspace kept(Caller caller, String id) {
        return WorkspaceId.read(id)
                .flatMap(kept::find)
                .filter(each -> Visible.isVisible(caller, each.user()))
                .orElseThrow(() -> new Problem(404, "There is no such workspace.").exception());
    }

    /// What a session that names none has for its workspace.
    String unnamed() {
        return root.toString();
    }

    /// What a session has for its workspace that names a directory.
    ///
    /// @throws dev.fettle.server.problem.ProblemException with 404 if it is another user's, with 409 if it will
    ///     never be ready, with 422 if the name leads nowhere, or elsewhere
    String named(Caller caller, String name) {
        if (WorkspaceId.read(name).isPresent()) {
            KeptWorkspace workspace = kept(caller, name);
            if (workspace.state() instanceof KeptWorkspace.State.Failed failed) {
                throw new Problem(409, failed.reason()).exception();
            }
            return kept.directory(workspace.id()).toString();
        }
        if (!NAME.matcher(name).matches()) {
            throw refused("A workspace is the name of a directory: letters, digits and any of . _ -, no path.");
        }
        if (name.startsWith(SESSION)) {
            throw refused("This is the directory of a session; give its session_id instead.");
        }
        Path directory = root.resolve(name);
        if (!isOurs(directory)) {
            throw refused("There is no such workspace. Leave it out for a fresh one.");
        }
        return directory.toString();
    }

    /// The directory that a session works in.
    ///
    /// @throws dev.fettle.server.problem.ProblemException with 409 if it is gone, or not below the root
    Path of(Session session) {
        Path directory = Path.of(session.workspace());
        if (directory.equals(root)) {
            directory = root.resolve(origin(session).id().value());
            make(directory);
        }
        if (!isOurs(directory) && !isPreparing(directory)) {
            throw new Problem(409, "The workspace of this session is not below the root for workspaces, or is gone.")
                    .exception();
        }
        return directory;
    }

    private boolean isPreparing(Path directory) {
        return id(directory)
                .flatMap(kept::find)
                .filter(each -> each.state() instanceof KeptWorkspace.State.Preparing)
                .isPresent();
    }

    /// The directory that a session works in, to look into it.
    ///
    /// @throws dev.fettle.server.problem.ProblemException with 409 also if it is still being prepared
    public Path present(Session session) {
        Path directory = of(session);
        if (!isOurs(directory)) {
            throw new Problem(409, "The workspace of this session is still being prepared.")
                    .with("Retry-After", "5")
                    .exception();
        }
        return directory;
    }

    /// How clients know it.
    public String shown(Session session) {
        Path directory = Path.of(session.workspace());
        if (directory.equals(root)) {
            return origin(session).id().value();
        }
        return root.equals(directory.getParent()) ? directory.getFileName().toString() : session.workspace();
    }

    private Session origin(Session session) {
        Session oldest = session;
        for (int i = 0; i < MOST_FORKS; i++) {
            Optional<Session> parent = oldest.parent().flatMap(sessions::find);
            if (parent.isEmpty()) {
                break;
            }
            oldest = parent.get();
        }
        return oldest;
    }

    /// A link is not, wherever it leads.
    private boolean isOurs(Path directory) {
        return root.equals(directory.getParent()) && Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS);
    }

    private static void make(Path directory) {
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            // As for every run but the first.
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the workspace " + directory, e);
        }
    }

    private static RuntimeException refused(String why) {
        return new Problem(422, "The body does not fit; see `errors`.", List.of(new FieldError("/workspace", why)))
                .exception();
    }
}
