package dev.fettle.server.problem;

import java.util.List;
import java.util.Optional;

/// A problem as clients get it (RFC 9457).
///
/// @param requestId by which the operator finds the request in the log
/// @param errors what is wrong with the body
public record ProblemDocument(
        String type, String title, int status, String detail, String requestId, Optional<List<FieldError>> errors) {

    public static ProblemDocument of(Problem problem, String requestId) {
        return new ProblemDocument(
                "about:blank",
                problem.title(),
                problem.status(),
                problem.detail(),
                requestId,
                Optional.of(problem.errors()).filter(errors -> !errors.isEmpty()));
    }
}
