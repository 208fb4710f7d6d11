package dev.fettle.core.idempotency;

import dev.fettle.core.text.TextLimit;
import java.time.Duration;

/// Lets a request be sent again without being done again, as a client does that got no answer. The client
/// gives each request a key of its own; the first with a key is done, and whoever sends it again gets the
/// first one's response (as at <https://docs.stripe.com/api/idempotent_requests>). Keys are a user's own, and
/// are forgotten after a day.
///
/// Safe for use by several threads and processes; of requests that come at the same moment one is begun.
/// Throws [dev.fettle.core.session.SessionException] of kind `STORAGE` when the database does not serve.
public interface Idempotency {
    /// How long a key is remembered from when its request was begun.
    Duration KEPT = Duration.ofHours(24);

    /// Asks whether to do a request. Whoever is told [Start.Begun] does it, and then either finishes or
    /// abandons it.
    Start begin(Request request);

    /// Keeps the response for whoever asks again. Without effect if the request has lapsed and was begun
    /// anew.
    void finish(Start.Begun begun, Response response);

    /// Forgets a request that was not done, so that it can be sent again: it was malformed, or nobody had
    /// time for it.
    void abandon(Start.Begun begun);

    /// Removes what is older than [#KEPT].
    ///
    /// @return how many requests those were
    int dropExpired();

    /// A request about to be done.
    ///
    /// @param user whose it is, by id
    /// @param key what the client chose
    /// @param fingerprint the same for the same request and no other: a hash of method, path and body
    /// @param atMost the longest it may take. Its process may die without a word; so when this time is over it
    ///     lapses, and whoever asks again does it again.
    record Request(String user, String key, String fingerprint, Duration atMost) {
        private static final TextLimit USER = new TextLimit("The user of a request", 100);
        private static final TextLimit KEY = new TextLimit("An idempotency key", 255);
        private static final TextLimit FINGERPRINT = new TextLimit("The fingerprint of a request", 255);

        public Request {
            USER.checkFilled(user);
            KEY.checkFilled(key);
            FINGERPRINT.checkFilled(fingerprint);
            if (!atMost.isPositive()) {
                throw new IllegalArgumentException("A request takes some time, not " + atMost);
            }
        }
    }

    /// What was answered, whether it went well or not.
    ///
    /// @param body up to a million characters; what may be longer is kept elsewhere, and this says where
    record Response(int status, String contentType, String body) {
        private static final TextLimit CONTENT_TYPE = new TextLimit("The content type of a response", 255);
        private static final TextLimit BODY = new TextLimit("A response that can be given again", 1_000_000);

        public Response {
            CONTENT_TYPE.check(contentType);
            BODY.check(body);
        }
    }

    sealed interface Start {
        /// Nobody has done it: do it.
        ///
        /// @param token names this one beginning
        record Begun(Request request, String token) implements Start {}

        /// It has been done; answer this.
        record Replay(Response response) implements Start {}

        /// The key was given to another request before; that is the client's mistake.
        record Mismatch() implements Start {}

        /// It is being done; ask again later.
        record InProgress() implements Start {}
    }
}
