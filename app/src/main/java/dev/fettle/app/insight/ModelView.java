package dev.fettle.app.insight;

import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host.Seen;
import dev.fettle.code.index.IndexDirectory;
import dev.fettle.code.index.IndexException;
import dev.fettle.code.index.Progress;
import dev.fettle.core.context.Context;
import dev.fettle.core.context.Overview;
import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.model.TokenEstimate;
import dev.fettle.core.session.Conversation;
import dev.fettle.core.session.Event.Informed;
import dev.fettle.core.tool.ToolSpec;
import dev.fettle.core.tool.Toolbox;
import dev.fettle.core.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// What a model would see, part by part.
public record ModelView(Context context, Toolbox toolbox, Workspace workspace) {

    /// The same once the index of the workspace is up to date, however long that takes.
    ///
    /// @param live is told how far that has come
    public ModelView patient(IndexDirectory indexes, Consumer<String> live) {
        Overview waiting = (place, task) -> {
            bringUpToDate(indexes, place, live);
            return context.map().of(place, task);
        };
        return new ModelView(context.with(waiting), toolbox, workspace);
    }

    /// A turn that would begin now.
    ///
    /// @param conversation of the session; one without events for a session that is yet to be
    /// @param prompt what would be asked; empty for nothing
    public List<Seen> of(Conversation conversation, String prompt) {
        List<Seen> all = new ArrayList<>();
        conversation
                .instructions()
                .ifPresentOrElse(
                        text -> all.add(seen("system text", text)),
                        () -> context.instructions()
                                .sections(workspace)
                                .forEach(each -> all.add(seen(each.name(), each.text()))));
        all.add(seen("tools", toolbox.specs().stream().map(ModelView::text).collect(Collectors.joining("\n"))));
        conversation.messages().forEach(message -> all.add(seen(conversation, message)));
        if (!prompt.isBlank()) {
            all.add(seen("prompt", prompt));
        }
        context.beginning(workspace, conversation, prompt).forEach(each -> all.add(seen(name(each), each.text())));
        return joined(all);
    }

    private static Seen seen(String part, String text) {
        return new Seen(part, text, TokenEstimate.of(text));
    }

    private static Seen seen(Conversation conversation, Message message) {
        return new Seen(part(conversation, message), text(message), TokenEstimate.of(message));
    }

    private static String part(Conversation conversation, Message message) {
        if (!(message instanceof Message.User user)) {
            return "history";
        }
        Optional<String> informed = conversation.informed().stream()
                .filter(each -> each.text().equals(user.text()))
                .map(ModelView::name)
                .findFirst();
        return informed.orElseGet(
                () -> conversation.compaction().filter(user.text()::equals).isPresent() ? "compacted" : "history");
    }

    private static String name(Informed informed) {
        return switch (informed.part()) {
            case MAP -> "map of the repository";
            case MEMORY -> "memory";
            case INSTRUCTIONS -> informed.about();
        };
    }

    /// Neighbours of one name make one part.
    private static List<Seen> joined(List<Seen> all) {
        List<Seen> joined = new ArrayList<>();
        for (Seen each : all) {
            if (!joined.isEmpty() && joined.getLast().part().equals(each.part())) {
                Seen last = joined.removeLast();
                joined.add(new Seen(each.part(), last.text() + "\n" + each.text(), last.tokens() + each.tokens()));
            } else if (!each.text().isBlank()) {
                joined.add(each);
            }
        }
        return List.copyOf(joined);
    }

    private static String text(ToolSpec tool) {
        return "%s: %s\n%s".formatted(tool.name(), tool.description(), tool.schema());
    }

    private static String text(Message message) {
        return switch (message) {
            case Message.User user -> "> " + user.text();
            case Message.Assistant answer ->
                answer.content().stream().map(ModelView::text).collect(Collectors.joining("\n"));
            case Message.Results results ->
                results.results().stream()
                        .map(result -> "[%s] %s".formatted(result.callId(), result.text()))
                        .collect(Collectors.joining("\n"));
        };
    }

    private static String text(ContentBlock block) {
        return switch (block) {
            case ContentBlock.Text text -> text.text();
            case ContentBlock.Reasoning reasoning -> reasoning.text();
            case ToolCall call -> "[%s] %s %s".formatted(call.id(), call.name(), call.arguments());
        };
    }

    private static void bringUpToDate(IndexDirectory indexes, Workspace workspace, Consumer<String> live) {
        try {
            indexes.open(workspace, Progress.saying(live)).close();
        } catch (IndexException e) {
            throw new CommandException(ExitCode.FAILED, List.of(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.CANCELLED, List.of("Cancelled."));
        }
    }
}
