package dev.fettle.server.problem;

/// Ends the handling of a request with a problem. It has no stack trace: it tells of the request, not of
/// the program.
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
