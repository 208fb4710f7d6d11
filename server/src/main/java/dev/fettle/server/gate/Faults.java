package dev.fettle.server.gate;

import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Handler;
import dev.fettle.server.exchange.Request;
import dev.fettle.server.problem.Problem;
import dev.fettle.server.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns what goes wrong further in into an answer. A bug is logged once, here, with its stack; the client
/// is told the request's id, by which it is found in the log, and nothing else.
public final class Faults implements Handler {
    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

    private final Handler next;

    public Faults(Handler next) {
        this.next = next;
    }

    @Override
    public Answer answer(Request request) throws InterruptedException {
        String id = request.head().id();
        try {
            return next.answer(request);
        } catch (ProblemException e) {
            return Answer.of(e.problem(), id);
        } catch (RuntimeException | Error e) {
            // An Error too: the library would answer it and tell nobody.
            LOG.error(
                    "{} {} failed, request {}",
                    request.head().method(),
                    request.destination().pattern(),
                    id,
                    e);
            return Answer.of(
                    new Problem(500, "Something is wrong with this server. Tell its operator the request id."), id);
        }
    }
}
