package dev.fettle.cli;

import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.host.SessionReference;
import dev.fettle.cli.host.SettingFlags;
import dev.fettle.cli.render.Console;
import dev.fettle.cli.render.Progress;
import dev.fettle.cli.render.Transcript;
import dev.fettle.cli.turn.Foreground;
import dev.fettle.core.agent.Agent;
import dev.fettle.core.permission.Approver;
import dev.fettle.core.session.EventJson;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.session.SessionStore;
import dev.fettle.core.session.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

@Command(
        name = "sessions",
        header = "List, show and manage sessions.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fettle sessions list",
            "  fettle sessions show latest",
            "  fettle sessions export ses_0198 -o session.jsonl",
            "  fettle sessions compact latest \"what we know of the cache\"",
            "",
            "SESSION is an id, the beginning of one, or `latest`."
        })
final class SessionsCommand {
    private final Host host;
    private final Console console;

    SessionsCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    @Command(name = "list", header = "List sessions, the latest first.")
    int list(
            @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "At most N (default: 20).")
                    int limit,
            @Option(names = "--all", description = "All of them.") boolean all,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        List<Session> found = host.sessions().list();
        List<Session> shown = all ? found : found.stream().limit(limit).toList();
        if (json) {
            ArrayNode array = JsonMapper.shared().createArrayNode();
            for (Session session : shown) {
                array.addObject()
                        .put("session_id", session.id().value())
                        .put("title", session.title())
                        .put("workspace", session.workspace())
                        .put("status", session.status().map(Status::word).orElse("open"))
                        .put("parent", session.parent().map(SessionId::value).orElse(null))
                        .put("created_at", session.createdAt().toString())
                        .put("updated_at", session.updatedAt().toString());
            }
            console.out().println(array.toPrettyString());
            return ExitCode.COMPLETED;
        }
        for (Session session : shown) {
            console.out()
                    .println("%s  %s  %-20s  %s"
                            .formatted(
                                    session.id(),
                                    session.updatedAt()
                                            .toString()
                                            .substring(0, 16)
                                            .replace('T', ' '),
                                    session.status().map(Status::word).orElse("open"),
                                    session.title()));
        }
        if (found.size() > shown.size()) {
            console.err().println("%d more; --all shows them.".formatted(found.size() - shown.size()));
        }
        return ExitCode.COMPLETED;
    }

    @Command(name = "show", header = "Print a session as a person would read it.")
    int show(@Parameters(paramLabel = "SESSION") String reference) {
        SessionStore sessions = host.sessions();
        SessionId id = SessionReference.find(sessions, reference);
        Transcript transcript = new Transcript(console.outStyle(), console.columns());
        console.out().print(transcript.of(sessions.find(id).orElseThrow(), sessions.history(id)));
        return ExitCode.COMPLETED;
    }

    @Command(name = "export", header = "Write all events of a session, one JSON object a line.")
    int export(
            @Parameters(paramLabel = "SESSION") String reference,
            @Option(names = "-o", paramLabel = "FILE", description = "Write there; must not exist.") @Nullable
                    Path file) {
        SessionStore sessions = host.sessions();
        List<LogEntry> history = sessions.history(SessionReference.find(sessions, reference));
        String lines = history.stream().map(EventJson::writeEntry).collect(Collectors.joining("\n", "", "\n"));
        if (file == null) {
            console.out().print(lines);
            return ExitCode.COMPLETED;
        }
        if (Files.exists(file)) {
            throw CommandException.usage("`%s` exists already; name a new file.".formatted(file));
        }
        try {
            Files.writeString(file, lines, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandException(ExitCode.FAILED, List.of("Cannot write `%s`: %s".formatted(file, e)));
        }
        console.err().println("Wrote %d events to %s".formatted(history.size(), file));
        return ExitCode.COMPLETED;
    }

    @Command(
            name = "compact",
            header = "Have the model go on from a summary of a session instead of all of it.",
            description = {
                "",
                "The log keeps everything. Your words, the to-do list, changed files and decisions stay in any case; "
                        + "the model sums up the rest, with most of what FOCUS is about.",
                ""
            })
    int compact(
            @Mixin SettingFlags flags,
            @Parameters(paramLabel = "SESSION") String reference,
            @Parameters(arity = "0..1", paramLabel = "FOCUS") @Nullable String focus) {
        SessionId id = SessionReference.find(host.sessions(), reference);
        Agent agent = host.agent(flags.flags(), Approver.YES).agent();
        boolean isShorter = Foreground.run(
                () -> {
                    try {
                        return agent.compact(id, Optional.ofNullable(focus), new Progress(console));
                    } catch (InterruptedException e) {
                        throw new CommandException(ExitCode.CANCELLED, List.of("Cancelled; nothing was changed."));
                    }
                },
                _ -> {});
        if (!isShorter) {
            console.err().println("It is as short as it gets.");
        }
        return ExitCode.COMPLETED;
    }

    @Command(name = "rename", header = "Give a session another title.")
    int rename(@Parameters(paramLabel = "SESSION") String reference, @Parameters(paramLabel = "TITLE") String title) {
        if (title.isBlank()) {
            throw CommandException.usage(
                    "The title is empty. Give one: fettle sessions rename latest \"Mend the cart\".");
        }
        SessionStore sessions = host.sessions();
        sessions.rename(SessionReference.find(sessions, reference), title.strip());
        return ExitCode.COMPLETED;
    }

    @Command(name = "fork", header = "Copy a session, to go on in another direction; prints the new id.")
    int fork(@Parameters(paramLabel = "SESSION") String reference) {
        SessionStore sessions = host.sessions();
        console.out()
                .println(sessions.fork(SessionReference.find(sessions, reference))
                        .id());
        return ExitCode.COMPLETED;
    }

    @Command(name = "delete", header = "Delete a session for good.")
    int delete(
            @Parameters(paramLabel = "SESSION") String reference,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask.")
                    boolean yes) {
        SessionStore sessions = host.sessions();
        SessionId id = SessionReference.find(sessions, reference);
        Session session = sessions.find(id).orElseThrow();
        if (!yes && !confirms("Delete %s (%s)? [y/N] ".formatted(id, session.title()))) {
            throw CommandException.usage("Not deleted. Answer y, or give --yes.");
        }
        sessions.delete(id);
        // What was said in it may be kept as an answer.
        host.forgetAnswers(session.user());
        console.err().println("Deleted " + id);
        return ExitCode.COMPLETED;
    }

    @Command(name = "repair", header = "Salvage a damaged session database; the damaged file is kept.")
    int repair() {
        console.out().println(host.repairSessions());
        return ExitCode.COMPLETED;
    }

    private boolean confirms(String question) {
        if (!console.isInTerminal()) {
            return false;
        }
        console.err().print(question);
        console.err().flush();
        try {
            int answer = console.in().read();
            return answer == 'y' || answer == 'Y';
        } catch (IOException e) {
            return false;
        }
    }
}
