package dev.fettle.core.context;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.model.TokenEstimate;
import dev.fettle.core.session.LogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// How a conversation becomes shorter: the newest messages stay as they are, the older ones give way to a text. The
/// parts never come between a call and its result.
///
/// The text has two halves. The [Essentials] are taken from the log and cannot get lost. The rest is a model's summary
/// of the older messages; without one the essentials stand alone.
///
/// @param older what gives way
/// @param newest how many messages stay
/// @param before the tokens of all messages, estimated
/// @param kept the same of those that stay
public record Compaction(Model model, List<Message> older, int newest, long before, long kept) {
    /// What stays of what there is.
    private static final double SHARE = 0.25;

    private static final int MOST_SUMMARY_TOKENS = 4_000;
    private static final int LONGEST_WORDS = 6_000;
    private static final int LONGEST_ARGUMENTS = 800;
    private static final int LONGEST_RESULT = 1_500;
    private static final int MOST_ESSENTIALS = 24_000;
    private static final int FEWEST_ESSENTIALS = 2_000;

    private static final String HEAD = """
            Put in by Fettle: the older part of this conversation was too long and has been replaced by this text; the \
            newest messages follow as they were. Nothing here is a new request. Files and commands can be looked at again.
            """;

    public Compaction {
        older = List.copyOf(older);
    }

    /// What can give way of a conversation all of whose calls are answered; empty if nothing can.
    public static Optional<Compaction> of(List<Message> messages, Model model) {
        long before = messages.stream().mapToLong(TokenEstimate::of).sum();
        long most = (long) (Math.min(before, model.contextWindow()) * SHARE);
        int cut = messages.size();
        long kept = 0;
        long walked = 0;
        for (int i = messages.size() - 1; i > 0; i--) {
            walked += TokenEstimate.of(messages.get(i));
            if (walked > most) {
                break;
            }
            if (!(messages.get(i) instanceof Message.Results)) {
                cut = i;
                kept = walked;
            }
        }
        boolean isDone = cut == 1 && isCompacted(messages.getFirst());
        return cut == 0 || isDone
                ? Optional.empty()
                : Optional.of(new Compaction(model, messages.subList(0, cut), messages.size() - cut, before, kept));
    }

    private static boolean isCompacted(Message message) {
        return message instanceof Message.User user && user.text().startsWith(HEAD);
    }

    /// Whether enough has come together since the last time to be worth a model call.
    public boolean isWorthwhile() {
        return older.size() > 1 && before - kept - TokenEstimate.of(older.getFirst()) >= model.contextWindow() / 10;
    }

    /// What is told without a model.
    public String essentials(List<LogEntry> log) {
        int room = Math.clamp(model.contextWindow() / 4, FEWEST_ESSENTIALS, MOST_ESSENTIALS);
        return HEAD + Essentials.of(log, room);
    }

    /// The same with a summary.
    public String with(String essentials, String summary) {
        return "%s\n## What happened, summarised by %s\n%s\n".formatted(essentials, model.name(), summary.strip());
    }

    /// The tokens of all messages once a text has taken the older ones' place.
    public long after(String text) {
        return TokenEstimate.of(new Message.User(text, List.of())) + kept;
    }

    public boolean isShorter(String text) {
        return after(text) < before;
    }

    /// What to ask for a summary.
    ///
    /// @param focus what matters most to the person who has asked for it; may be blank
    public ModelRequest question(String focus, Optional<Double> temperature) {
        int most = Math.max(256, Math.min(MOST_SUMMARY_TOKENS, model.contextWindow() / 8));
        String wanted = focus.isBlank() ? "" : "\n\nWhat matters most to the user: " + Clipped.of(focus, 2_000);
        return new ModelRequest(
                model.withMaxOutputTokens(Math.min(model.maxOutputTokens(), most)),
                Instructions.resource("compaction.md"),
                List.of(),
                List.of(new Message.User("The transcript:\n\n" + transcript() + wanted, List.of())),
                temperature);
    }

    /// Half a window of it at most: its beginning, which may be what an earlier compaction has left, and its end.
    private String transcript() {
        List<String> parts = older.stream().map(Compaction::words).toList();
        long left = model.contextWindow() / 2 - TokenEstimate.of(parts.getFirst());
        int first = parts.size();
        while (first > 1 && left >= TokenEstimate.of(parts.get(first - 1))) {
            first--;
            left -= TokenEstimate.of(parts.get(first));
        }
        List<String> shown = new ArrayList<>(List.of(parts.getFirst()));
        if (first > 1) {
            shown.add("[%d messages left out]".formatted(first - 1));
        }
        shown.addAll(parts.subList(first, parts.size()));
        return String.join("\n\n", shown);
    }

    private static String words(Message message) {
        return switch (message) {
            case Message.User user ->
                // What an earlier compaction left is bounded already.
                "USER: " + (isCompacted(user) ? user.text() : Clipped.of(user.text(), LONGEST_WORDS));
            case Message.Assistant answer ->
                answer.content().stream()
                        .map(Compaction::words)
                        .filter(each -> !each.isBlank())
                        .collect(Collectors.joining("\n"));
            case Message.Results results ->
                results.results().stream().map(Compaction::words).collect(Collectors.joining("\n"));
        };
    }

    private static String words(ContentBlock block) {
        return switch (block) {
            case ContentBlock.Text text -> "AGENT: " + Clipped.of(text.text(), LONGEST_WORDS);
            case ContentBlock.Reasoning _ -> "";
            case ToolCall call ->
                "CALL %s: %s %s".formatted(call.id(), call.name(), Clipped.of(call.arguments(), LONGEST_ARGUMENTS));
        };
    }

    private static String words(ToolResult result) {
        return "RESULT of %s%s: %s"
                .formatted(
                        result.callId(),
                        result.isError() ? " (failed)" : "",
                        Clipped.of(result.text(), LONGEST_RESULT));
    }
}
