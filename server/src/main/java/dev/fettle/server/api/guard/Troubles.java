package dev.fettle.server.api.guard;

import dev.fettle.core.run.RunException;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.snapshot.SnapshotException;
import dev.fettle.core.usage.LedgerException;
import dev.fettle.core.user.UserException;
import dev.fettle.core.workspace.WorkspaceException;
import dev.fettle.core.workspace.kept.KeptWorkspaceException;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Handler;
import dev.fettle.server.exchange.Request;
import dev.fettle.server.problem.Problem;
import dev.fettle.server.problem.ProblemException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says in HTTP's words what the ports of core complain about. What a service behind us fails at is a 503 and never a
/// bug; its own words name hosts and files, so they go to the log and not to the client.
public record Troubles(Handler next) implements Handler {
    private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);
    private static final String RETRY_SECONDS = "5";

    @Override
    public Answer answer(Request request) throws InterruptedException {
        try {
            return next.answer(request);
        } catch (RuntimeException e) {
            throw of(e).<RuntimeException>map(Problem::exception).orElse(e);
        }
    }

    /// What clients are told of it; empty if it is a bug.
    public static Optional<Problem> of(RuntimeException e) {
        return switch (e) {
            case ProblemException known -> Optional.of(known.problem());
            case RunException run -> Optional.of(problem(run));
            case SessionException session -> Optional.of(problem(session));
            case LedgerException ledger -> Optional.of(unavailable(ledger));
            case UserException user -> Optional.of(problem(user));
            case KeptWorkspaceException kept -> Optional.of(problem(kept));
            case SnapshotException snapshot -> Optional.of(problem(snapshot));
            case WorkspaceException workspace -> Optional.of(new Problem(404, workspace.getMessage()));
            default -> Optional.empty();
        };
    }

    private static Problem problem(UserException e) {
        return switch (e.kind()) {
            case NOT_FOUND -> new Problem(404, "There is no such user.");
            case NAME_TAKEN, LAST_ADMIN -> new Problem(409, e.getMessage());
        };
    }

    private static Problem problem(RunException e) {
        return switch (e.kind()) {
            case NOT_FOUND -> new Problem(404, "There is no such run.");
            case CONFLICT -> new Problem(409, e.getMessage());
            case QUEUE_FULL -> later(new Problem(429, "Too many runs wait already; try again later."));
        };
    }

    static Problem problem(SessionException e) {
        return switch (e.kind()) {
            case NOT_FOUND -> new Problem(404, "There is no such session.");
            case BUSY, LOST -> new Problem(409, "The session is in use; try again when its run has ended.");
            case STORAGE, AWAY -> unavailable(e);
        };
    }

    private static Problem problem(KeptWorkspaceException e) {
        return switch (e.kind()) {
            case REFUSED -> new Problem(422, e.getMessage());
            case TOO_LARGE -> new Problem(413, e.getMessage());
            case FULL -> new Problem(507, e.getMessage());
            case STORAGE -> {
                LOG.warn("The disk for workspaces does not serve: {}", String.valueOf(e.getCause()));
                yield later(new Problem(503, "The disk for workspaces does not serve just now; try again."));
            }
        };
    }

    private static Problem problem(SnapshotException e) {
        LOG.warn("Snapshots do not serve: {}", e.getMessage());
        return switch (e.kind()) {
            case NOT_FOUND -> new Problem(404, "This is not kept any more.");
            case STORAGE, TREE -> later(new Problem(503, "What runs changed cannot be read just now; try again."));
        };
    }

    private static Problem unavailable(RuntimeException e) {
        LOG.warn("The database does not serve: {}", e.getMessage());
        return later(new Problem(503, "The database does not serve just now; try again."));
    }

    private static Problem later(Problem problem) {
        return problem.with("Retry-After", RETRY_SECONDS);
    }
}
