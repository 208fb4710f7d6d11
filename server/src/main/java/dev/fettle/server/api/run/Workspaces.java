package dev.fettle.server.api.run;

import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionStore;
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

/// Where runs work: in directories directly below one root, and nowhere else. Not deeper, because an agent that works
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

    /// Workspaces below a directory, which is made if it is not there.
    public Workspaces(Path root, SessionStore sessions) {
        try {
            Files.createDirectories(root);
            this.root = root.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the directory for workspaces, " + root, e);
        }
        this.sessions = sessions;
    }

    /// What a session that names none has for its workspace.
    String unnamed() {
        return root.toString();
    }

    /// What a session has for its workspace that names a directory.
    ///
    /// @throws dev.fettle.server.problem.ProblemException with 422 if the name leads nowhere, or elsewhere
    String named(String name) {
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
        if (!isOurs(directory)) {
            throw new Problem(409, "The workspace of this session is not below the root for workspaces, or is gone.")
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
