package dev.fettle.server.api.chat;

import dev.fettle.core.cache.CacheKey;
import dev.fettle.core.run.Run;
import dev.fettle.core.workflow.Workflow;
import dev.fettle.server.api.guard.Visible;
import dev.fettle.server.api.run.RunDesk;
import dev.fettle.server.api.run.RunOrder;
import dev.fettle.server.api.run.RunWait;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Caller;
import dev.fettle.server.exchange.Request;
import dev.fettle.server.operation.Parameter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// Answers questions: with what is kept, if nothing came before the question, or else with a run.
public record Answering(RunDesk desk, RunWait waiting, KeptAnswers kept) {
    static final Parameter CACHE_CONTROL = Parameter.header(
            "Cache-Control", new Parameter.Kind.Words(List.of("no-cache")), "Not to be given a kept answer.");

    /// A question.
    ///
    /// @param kind what is asked for: `chat`, `generate`
    /// @param workflow how to go about it; empty if nobody has said that
    /// @param session the one that it goes on with
    /// @param shape what an answer looks like
    record Question(
            String kind,
            Optional<Workflow> workflow,
            String prompt,
            Optional<String> session,
            Function<RunWait.Finished, Object> shape) {}

    Answer answer(Request request, Question question) {
        Caller caller = Visible.caller(request);
        Optional<CacheKey> key = question.session().isPresent()
                ? Optional.empty()
                : kept.key(caller.user(), question.kind(), question.prompt());
        Optional<Answer> known = isAnew(request) ? Optional.empty() : key.flatMap(kept::find);
        if (known.isPresent()) {
            return known.get();
        }
        Run run = submitted(caller, question);
        return waiting.answer(request, run, finished -> {
            key.ifPresent(each -> kept.keep(each, finished, question.shape()));
            return question.shape().apply(finished);
        });
    }

    private Run submitted(Caller caller, Question question) {
        return desk.submit(caller, RunOrder.of(question.prompt(), question.session(), question.workflow()));
    }

    private static boolean isAnew(Request request) {
        return request.head().headers().getOrDefault("cache-control", List.of()).stream()
                .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("no-cache"));
    }

    /// Sees to it that the answer to a question is kept, and waits for that.
    ///
    /// @return whether to go on: not if the server stops
    boolean prepare(Caller caller, Question question) {
        Optional<CacheKey> key = kept.key(caller.user(), question.kind(), question.prompt());
        if (key.isEmpty() || waiting.isHurried()) {
            return false;
        }
        if (kept.find(key.get()).isEmpty()) {
            Run run = submitted(caller, question);
            waiting.outcome(run).ifPresent(finished -> kept.keep(key.get(), finished, question.shape()));
        }
        return !Thread.currentThread().isInterrupted();
    }
}
