package dev.fettle.server.api.chat;

import dev.fettle.core.cache.Cache;
import dev.fettle.core.cache.CacheKey;
import dev.fettle.core.monitor.Monitor;
import dev.fettle.core.monitor.Occurrence;
import dev.fettle.server.api.run.RunWait;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.json.WireJson;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Answers that are given again to who asks the same again. They are kept as they are sent, so that giving one again
/// costs a look-up and nothing else.
public final class KeptAnswers {
    private final Cache cache;
    private final Terms terms;

    /// On which terms answers are kept.
    ///
    /// @param time how long; empty for not at all
    /// @param version what decides an answer besides the question: the model, and what else is configured
    /// @param monitor told of each look
    public record Terms(Optional<Duration> time, Supplier<String> version, Monitor monitor) {
        public static final Terms NONE = new Terms(Optional.empty(), () -> "", Monitor.NONE);
    }

    public KeptAnswers(Cache cache, Terms terms) {
        this.cache = cache;
        this.terms = terms;
    }

    public boolean isOn() {
        return terms.time().isPresent();
    }

    /// Under which key the answer to a question would be kept; empty if none is.
    ///
    /// @param kind what is asked for: `chat`, `generate`
    Optional<CacheKey> key(String user, String kind, String prompt) {
        return terms.time().map(_ -> CacheKey.of(user, kind, terms.version().get(), prompt));
    }

    Optional<Answer> find(CacheKey key) {
        Optional<Answer> found = cache.get(key).map(KeptAnswers::answer);
        terms.monitor().tell(new Occurrence.CacheAsked(found.isPresent()));
        return found;
    }

    /// The first line is the address of the run.
    private static Answer answer(String kept) {
        int end = kept.indexOf('\n');
        return Answer.text("application/json", kept.substring(end + 1))
                .with("Content-Location", kept.substring(0, end));
    }

    /// Keeps what a run has come to, if it read and changed nothing: of what a tool has seen or done the next
    /// answer may differ.
    void keep(CacheKey key, RunWait.Finished finished, Function<RunWait.Finished, Object> shape) {
        if (finished.isSuccess() && !finished.hasCalled()) {
            String text = finished.path() + "\n" + WireJson.write(shape.apply(finished.again()));
            terms.time().ifPresent(time -> cache.put(key, text, time));
        }
    }
}
