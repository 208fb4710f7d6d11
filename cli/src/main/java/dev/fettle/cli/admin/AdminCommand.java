package dev.fettle.cli.admin;

import dev.fettle.cli.host.Administration;
import dev.fettle.cli.host.Administration.Migration;
import dev.fettle.cli.host.Administration.Removed;
import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.render.Console;
import dev.fettle.core.report.DailyReport;
import dev.fettle.core.report.ReportJson;
import dev.fettle.core.run.QueueStatus;
import dev.fettle.core.user.KeyScope;
import dev.fettle.core.user.Keys;
import dev.fettle.core.user.Role;
import dev.fettle.core.user.User;
import dev.fettle.core.user.UserException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "admin",
        header = "Look after an installation: database, users, keys, queue.",
        description = {
            "",
            "For whoever may read and write the database; no key is asked for. Every change is entered in the audit.",
            ""
        },
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  DATABASE_URL=postgresql://fettle@db/fettle fettle admin migrate",
            "  fettle admin seed                        an administrator and a first key",
            "  fettle admin backup fettle.backup        everything, into one file",
            "  fettle admin queue                       who waits for whom"
        })
public final class AdminCommand {
    private final Host host;
    private final Console console;

    private AdminCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    /// The command with all that belong to it.
    public static CommandLine with(Host host, Console console) {
        return new CommandLine(new AdminCommand(host, console))
                .addSubcommand("backup", new BackupCommand(host, console))
                .addSubcommand("restore", new RestoreCommand(host, console))
                .addSubcommand("users", new UsersCommand(host, console))
                .addSubcommand("keys", new KeysCommand(host, console));
    }

    @Command(
            name = "migrate",
            header = "Bring the database to this version.",
            description = {
                "",
                "Any number of replicas may do so at once: one does it, the others wait. A database of a newer version "
                        + "is refused. Every command does the same when it opens the database; this is for doing it beforehand.",
                ""
            },
            footerHeading = "%nExamples:%n",
            footer = {"  fettle admin migrate", "  DATABASE_URL=postgresql://fettle@db/fettle fettle admin migrate"})
    int migrate() {
        Administration administration = host.administration();
        Migration migration = administration.migration();
        if (migration.from() == migration.to()) {
            console.out().println("%s is at version %d.".formatted(migration.place(), migration.to()));
        } else if (migration.from() == 0) {
            console.out().println("%s was empty and is at version %d.".formatted(migration.place(), migration.to()));
        } else {
            administration.note(
                    "admin.migrate", "database", "from %d to %d".formatted(migration.from(), migration.to()));
            console.out()
                    .println("%s was brought from version %d to %d."
                            .formatted(migration.place(), migration.from(), migration.to()));
        }
        return ExitCode.COMPLETED;
    }

    @Command(
            name = "seed",
            header = "Make an administrator with a first key, which is printed once.",
            description = {"", "Does nothing if there is an administrator already.", ""},
            footerHeading = "%nExamples:%n",
            footer = {"  fettle admin seed", "  KEY=$(fettle admin seed --user ann)"})
    int seed(
            @Option(
                            names = "--user",
                            paramLabel = "NAME",
                            defaultValue = "admin",
                            description = "What to call them (default: admin).")
                    String name) {
        Administration administration = host.administration();
        Optional<User> added =
                administrator(administration).isPresent() ? Optional.empty() : added(administration, name);
        if (added.isEmpty()) {
            console.err()
                    .println(
                            "There is an administrator already: %1$s. For another key: fettle admin keys create %1$s --scopes read,run,admin"
                                    .formatted(administrator(administration)
                                            .orElseThrow()
                                            .name()));
            return ExitCode.COMPLETED;
        }
        User user = added.get();
        administration.note("user.add", user.id(), "%s, admin".formatted(user.name()));
        Keys.Created created = administration.keys().create(user.id(), "first key", Set.of(KeyScope.values()));
        administration.note("key.create", created.key().id(), "first key of " + user.name());
        console.err()
                .println("User %s (%s) may do everything. Their key is shown this once:".formatted(name, user.id()));
        console.out().println(created.secret().reveal());
        return ExitCode.COMPLETED;
    }

    private static Optional<User> administrator(Administration administration) {
        return administration.users().list().stream()
                .filter(each -> each.role() == Role.ADMIN)
                .findFirst();
    }

    /// A new administrator; empty if another replica was faster.
    private static Optional<User> added(Administration administration, String name) {
        try {
            return Optional.of(Arguments.checked(() -> administration.users().add(name, Role.ADMIN)));
        } catch (UserException e) {
            if (administrator(administration).isPresent()) {
                return Optional.empty();
            }
            throw CommandException.usage(
                    "User `%1$s` is no administrator. Make them one: fettle admin users role %1$s admin; or choose another --user."
                            .formatted(name));
        }
    }

    @Command(
            name = "cleanup",
            header = "Remove what has been kept long enough.",
            description = {
                "",
                "What workers do every hour, at once. How long things are kept is said by RETENTION, RETENTION_FACTS, "
                        + "OUTPUT_LIMIT and SNAPSHOT_LIMIT. A session that somebody has, or whose run is open, always stays.",
                ""
            },
            footerHeading = "%nExamples:%n",
            footer = {"  fettle admin cleanup --dry-run", "  RETENTION=90d fettle admin cleanup"})
    int cleanup(@Option(names = "--dry-run", description = "Only say what would go.") boolean isRehearsal) {
        Administration administration = host.administration();
        List<Removed> removed = administration.cleanUp(isRehearsal).stream()
                .filter(each -> each.count() > 0)
                .toList();
        String verb = isRehearsal ? "Would remove" : "Removed";
        if (removed.isEmpty()) {
            console.out().println("Nothing is old enough.");
            return ExitCode.COMPLETED;
        }
        removed.forEach(each -> console.out()
                .println("%s %d %s%s"
                        .formatted(
                                verb,
                                each.count(),
                                each.what(),
                                each.bytes() == 0 ? "" : ", %,d bytes".formatted(each.bytes()))));
        if (!isRehearsal) {
            administration.note(
                    "admin.cleanup",
                    "",
                    removed.stream()
                            .map(each -> each.count() + " " + each.what())
                            .collect(Collectors.joining(", ")));
        }
        return ExitCode.COMPLETED;
    }

    @Command(
            name = "report",
            header = "Print what a day came to.",
            description = {"", "The report that is made every night, of a day of UTC.", ""},
            footerHeading = "%nExamples:%n",
            footer = {"  fettle admin report", "  fettle admin report --date 2026-11-20 --json | jq .error_rate"})
    int report(
            @Option(names = "--date", paramLabel = "D", description = "As 2026-11-20 (default: yesterday).") @Nullable
                    LocalDate date,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        Administration administration = host.administration();
        DailyReport report = administration.report(date == null ? administration.yesterday() : date);
        console.out().print(json ? ReportJson.tree(report).toPrettyString() + "\n" : ReportText.of(report));
        return ExitCode.COMPLETED;
    }

    @Command(
            name = "queue",
            header = "Show how the queue of runs stands.",
            footerHeading = "%nExamples:%n",
            footer = {"  fettle admin queue", "  fettle admin queue --json | jq '.counts[]'"})
    int queue(@Option(names = "--json", description = "Print JSON.") boolean json) {
        QueueStatus status = host.administration().queue();
        console.out().print(json ? QueueText.json(status).toPrettyString() + "\n" : QueueText.of(status));
        return ExitCode.COMPLETED;
    }
}
