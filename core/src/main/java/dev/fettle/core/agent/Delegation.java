package dev.fettle.core.agent;

import dev.fettle.core.message.ToolCall;
import dev.fettle.core.model.Delta;
import dev.fettle.core.permission.Permission;
import dev.fettle.core.session.Conversation;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.tool.Describe;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.tool.RecordTool;
import dev.fettle.core.tool.ToolContext;
import dev.fettle.core.tool.ToolException;
import dev.fettle.core.tool.ToolOutput;
import dev.fettle.core.tool.Toolbox;
import dev.fettle.core.trace.Correlation;
import dev.fettle.core.turn.HandOver;
import dev.fettle.core.turn.TurnListener;
import dev.fettle.core.usage.Limits;
import dev.fettle.core.usage.Spending;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Has questions answered by agents of their own, all at the same time, in conversations of their own: only what they
/// conclude comes back. They can look at everything that their turn could look at, change nothing, ask nobody, and
/// delegate nothing themselves. Each may spend an equal part of what is left to the turn, and the turn is charged.
///
/// Nothing of theirs is kept but their conclusions and what they took. After a crash the questions are asked anew: like
/// all tools that only read, this one may run again.
final class Delegation implements RecordTool<Delegation.Arguments> {
    static final String NAME = "delegate";

    private static final int MOST_QUESTIONS = 4;
    private static final int MOST_STEPS = 30;
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int LONGEST_CONCLUSION = 6_000;
    private static final Pattern HANDLE = Pattern.compile("⟨secret:[^⟩]{1,80}⟩");

    private static final String GUIDANCE = """
            Another agent has this question and sees only your last message. Find the answer by looking; you can change \
            nothing and ask nobody. Conclude in at most 300 words: the answer first, with path:line for what it rests \
            on, then what remains uncertain.

            """;

    private final Turn turn;
    private final AgentLoop loop;
    private final Toolbox toolbox;
    private final InstantSource clock;

    /// @param turn whose model asks
    /// @param loop one that has nobody to ask for permission
    /// @param toolbox what the agents can call
    Delegation(Turn turn, AgentLoop loop, Toolbox toolbox, InstantSource clock) {
        this.turn = turn;
        this.loop = loop;
        this.toolbox = toolbox;
        this.clock = clock;
    }

    /// What the model sends.
    record Arguments(
            @Describe(
                    "one to four questions that do not depend on each other, each with all that is needed to answer it")
            List<String> questions) {}

    private record Conclusion(String text, Spending spending) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Has independent questions about the code answered at the same time, each by an agent of its own that can "
                + "read and search but change nothing. Only their conclusions come back, so long searches stay out of this "
                + "conversation. Not for what a call or two of grep or read would answer.";
    }

    @Override
    public Effect effect() {
        return Effect.READ;
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public List<Permission> permissions(Arguments arguments) {
        return List.of(new Permission.Read("."));
    }

    @Override
    public ToolOutput run(Arguments arguments, ToolContext context) throws InterruptedException {
        List<String> questions = arguments.questions();
        if (questions.isEmpty()
                || questions.size() > MOST_QUESTIONS
                || questions.stream().anyMatch(String::isBlank)) {
            throw new ToolException("Give one to %d questions, none of them empty; these are %d."
                    .formatted(MOST_QUESTIONS, questions.size()));
        }
        Conversation.TurnTotals spent = turn.conversation().turn();
        Limits limits = turn.assignment()
                .limits()
                .share(spent.usage(), spent.cost(), questions.size())
                .within(MOST_STEPS, LONGEST);
        List<Conclusion> conclusions = concluded(questions, limits, context.live());
        String text = IntStream.range(0, questions.size())
                .mapToObj(i -> "## %d. %s\n%s"
                        .formatted(
                                i + 1,
                                questions.get(i).strip(),
                                conclusions.get(i).text()))
                .collect(Collectors.joining("\n\n"));
        Spending all = conclusions.stream()
                .map(Conclusion::spending)
                .reduce(Spending::plus)
                .orElseThrow();
        return ToolOutput.of(text).with(all);
    }

    /// One conclusion for each question, in their order.
    private List<Conclusion> concluded(List<String> questions, Limits limits, Consumer<String> live)
            throws InterruptedException {
        List<Callable<Conclusion>> tasks = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            String question = questions.get(i);
            String prefix = questions.size() == 1 ? "" : "%d: ".formatted(i + 1);
            tasks.add(carried(() -> concluded(question, limits, new Sight(prefix, live))));
        }
        try (ExecutorService agents = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Conclusion>> ended = agents.invokeAll(tasks);
            for (Future<Conclusion> each : ended) {
                if (each.state() == Future.State.FAILED && each.exceptionNow() instanceof RuntimeException e) {
                    throw e;
                }
            }
            return ended.stream().map(Future::resultNow).toList();
        }
    }

    /// In the correlation of the turn, so that logs and traces name its run.
    private static Callable<Conclusion> carried(Callable<Conclusion> work) {
        Optional<Correlation> current = Correlation.current();
        return current.isEmpty() ? work : () -> current.get().call(work::call);
    }

    private Conclusion concluded(String question, Limits limits, TurnListener listener) {
        Assignment own = turn.assignment().delegated(limits);
        Turn ours = new Turn(own, toolbox, new ScratchLog(turn.session(), clock), listener, HandOver.NEVER);
        ours.note(new Event.SessionStarted(
                own.workspace().name(), turn.conversation().instructions().orElseThrow()));
        ours.note(new Event.UserSaid(GUIDANCE + question.strip(), List.of()));
        ours.keep();
        Outcome outcome = loop.run(ours);
        Conversation conversation = ours.conversation();
        Conversation.TurnTotals totals = conversation.turn();
        return new Conclusion(
                conclusion(conversation.lastText(), outcome),
                new Spending(own.model().name(), totals.steps(), totals.usage(), totals.cost()));
    }

    /// Handles of secrets are those of the agent's own conversation, so they would name others in the turn's.
    private static String conclusion(String text, Outcome outcome) {
        String words = HANDLE.matcher(text.strip()).replaceAll("[a secret]");
        String bounded = words.length() <= LONGEST_CONCLUSION
                ? words
                : words.substring(0, LONGEST_CONCLUSION)
                        + "\n[cut after %,d of %,d characters]".formatted(LONGEST_CONCLUSION, words.length());
        return outcome instanceof Outcome.Completed
                ? bounded
                : "%s\n[not finished: %s]"
                        .formatted(
                                bounded,
                                outcome.message().isEmpty() ? outcome.status().word() : outcome.message())
                        .strip();
    }

    /// Shows what an agent looks at while it does.
    private record Sight(String prefix, Consumer<String> live) implements TurnListener {
        @Override
        public void onEvent(LogEntry entry) {
            if (entry.event() instanceof Event.AssistantSaid said) {
                said.content().stream()
                        .filter(ToolCall.class::isInstance)
                        .map(ToolCall.class::cast)
                        .forEach(call -> live.accept("%s%s %s\n".formatted(prefix, call.name(), call.arguments())));
            }
        }

        @Override
        public void onDelta(Delta delta) {}
    }
}
