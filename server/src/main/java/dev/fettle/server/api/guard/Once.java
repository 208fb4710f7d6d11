package dev.fettle.server.api.guard;

import dev.fettle.core.idempotency.Idempotency;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Content;
import dev.fettle.server.exchange.Handler;
import dev.fettle.server.exchange.Request;
import dev.fettle.server.json.TextRules;
import dev.fettle.server.json.WireJson;
import dev.fettle.server.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// Does a request with an `Idempotency-Key` once, and gives who sends it again the first one's answer. What was refused
/// was not done, and may be sent again with the same key. Of an answer that says `no-store`, as one with a secret does,
/// it is only kept that it was given.
public record Once(Idempotency idempotency, Handler next) implements Handler {
    private static final Duration AT_MOST = Duration.ofMinutes(2);
    private static final int LONGEST = 900_000;

    /// An answer as it is kept.
    record Kept(Map<String, String> headers, String body) {}

    @Override
    public Answer answer(Request request) throws InterruptedException {
        Optional<String> key = request.head().header("Idempotency-Key");
        if (key.isEmpty()) {
            if (request.head().has("Idempotency-Key")) {
                throw new Problem(400, "Send one Idempotency-Key, not several.").exception();
            }
            return next.answer(request);
        }
        // An archive is too long to be kept in memory; its head has to do.
        boolean isArchive = request.archive().isPresent();
        byte[] body = isArchive ? about(request) : request.body().read();
        Request again = isArchive ? request : request.with(() -> body);
        return switch (idempotency.begin(named(request, key.get(), body))) {
            case Idempotency.Start.Begun begun -> done(begun, again);
            case Idempotency.Start.Replay replay -> replayed(replay.response());
            case Idempotency.Start.Mismatch _ ->
                throw new Problem(422, "This Idempotency-Key came with another request before; choose a new one.")
                        .exception();
            case Idempotency.Start.InProgress _ ->
                throw new Problem(409, "The request with this Idempotency-Key is under way.")
                        .with("Retry-After", "1")
                        .exception();
        };
    }

    private static byte[] about(Request request) {
        return (request.head().query()
                        + "\n"
                        + request.head().header("Content-Type").orElse("")
                        + "\n"
                        + request.head().header("Content-Length").orElse(""))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Idempotency.Request named(Request request, String key, byte[] body) {
        try {
            return new Idempotency.Request(Visible.caller(request).user(), key, fingerprint(request, body), AT_MOST);
        } catch (IllegalArgumentException e) {
            throw new Problem(400, e.getMessage() == null ? "This Idempotency-Key is not taken." : e.getMessage())
                    .exception();
        }
    }

    private static String fingerprint(Request request, byte[] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String head = request.head().method() + " " + request.head().path() + "\n";
            digest.update(head.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private Answer done(Idempotency.Start.Begun begun, Request request) throws InterruptedException {
        Answer answer;
        try {
            answer = next.answer(request);
        } catch (RuntimeException | Error | InterruptedException e) {
            idempotency.abandon(begun);
            throw e;
        }
        // Who hung up while the answer was made comes back for it: it is kept first, then the thread may end.
        boolean isInterrupted = Thread.interrupted();
        try {
            idempotency.finish(begun, kept(answer));
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return answer;
    }

    private static Idempotency.Response kept(Answer answer) {
        boolean isSecret =
                answer.header("Cache-Control").filter("no-store"::equals).isPresent();
        if (!isSecret && answer.content() instanceof Content.Text text) {
            String whole = WireJson.write(new Kept(answer.headers(), text.text()));
            if (whole.length() <= LONGEST) {
                return new Idempotency.Response(answer.status(), text.type(), whole);
            }
        }
        return new Idempotency.Response(answer.status(), "", WireJson.write(new Kept(answer.headers(), "")));
    }

    private static Answer replayed(Idempotency.Response response) {
        if (response.contentType().isEmpty()) {
            throw new Problem(
                            409,
                            "This was done, with status %d; its answer was only given once."
                                    .formatted(response.status()))
                    .exception();
        }
        Kept kept = WireJson.read(response.body(), Kept.class, new TextRules(LONGEST));
        return new Answer(response.status(), kept.headers(), new Content.Text(response.contentType(), kept.body()))
                .with("Idempotent-Replayed", "true");
    }
}
