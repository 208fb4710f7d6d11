package dev.fettle.server.exchange;

/// Answers requests: a route, or a gate around another handler.
public interface Handler {
    /// Runs on the request's own virtual thread and may block. The thread is interrupted when the client
    /// hangs up and when the server will not wait any longer.
    ///
    /// @throws dev.fettle.server.problem.ProblemException for what the client should know; any other
    ///     exception is a bug
    Answer answer(Request request) throws InterruptedException;
}
