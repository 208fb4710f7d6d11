package dev.fettle.server.gate;

import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Caller;
import dev.fettle.server.exchange.Content;
import dev.fettle.server.exchange.Handler;
import dev.fettle.server.exchange.Request;
import dev.fettle.server.problem.Problem;
import java.util.HashMap;
import java.util.Map;

/// Lets so many listen to events at a time, since each of them has a connection and a buffer for as long as they like;
/// one more is a 429. A seat is given back at the end of its request, however that comes.
public final class StreamLimit implements Handler {
    private static final String RETRY_SECONDS = "10";

    private final Seats seats;
    private final Handler next;
    private final Map<String, Integer> taken = new HashMap<>();
    private int takenInAll;

    public StreamLimit(Seats seats, Handler next) {
        this.seats = seats;
        this.next = next;
    }

    @Override
    public Answer answer(Request request) throws InterruptedException {
        Answer answer = next.answer(request);
        boolean isStream = answer.content() instanceof Content.Events
                && !request.head().method().equals("HEAD");
        if (isStream) {
            // Who is not known has no user to count by, and counts in all only.
            String user = request.caller().map(Caller::user).orElse("");
            take(user);
            request.trail().atEnd(() -> giveBack(user));
        }
        return answer;
    }

    private synchronized void take(String user) {
        if (!user.isEmpty() && taken.getOrDefault(user, 0) >= seats.perUser()) {
            throw later("You listen to %d streams of events already; end one first.".formatted(seats.perUser()));
        }
        if (takenInAll >= seats.inAll()) {
            throw later("All streams of events are taken; try again later.");
        }
        taken.merge(user, 1, Integer::sum);
        takenInAll++;
    }

    private synchronized void giveBack(String user) {
        taken.computeIfPresent(user, (_, count) -> count == 1 ? null : count - 1);
        takenInAll--;
    }

    private static RuntimeException later(String detail) {
        return new Problem(429, detail).with("Retry-After", RETRY_SECONDS).exception();
    }
}
