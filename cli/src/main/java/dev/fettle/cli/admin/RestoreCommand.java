package dev.fettle.cli.admin;

import dev.fettle.cli.host.Administration;
import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.render.Console;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        header = "Put a backup in the place of everything the database holds.",
        description = {
            "",
            "Asks if the database holds anything; without a terminal it refuses then, unless --yes is given. A file that "
                    + "is truncated or damaged changes nothing. Stop the workers before and start them afterwards: runs that "
                    + "were with workers when the backup was made are queued again.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fettle admin restore fettle.backup",
            "  DATABASE_URL=postgresql://fettle@db/fettle fettle admin restore --yes fettle.backup"
        })
final class RestoreCommand implements Callable<Integer> {
    private final Host host;
    private final Console console;

    @Parameters(paramLabel = "FILE", description = "Written by fettle admin backup.")
    private Path file = Path.of("");

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    RestoreCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    @Override
    public Integer call() {
        Path source = host.directory().resolve(file);
        if (!Files.isRegularFile(source)) {
            throw CommandException.usage(
                    "`%s` is not a file; name one that `fettle admin backup` wrote.".formatted(file));
        }
        Administration administration = host.administration();
        SequencedMap<String, Long> there = administration.contents();
        boolean isEmpty = there.values().stream().allMatch(count -> count == 0);
        if (!isEmpty && !yes && !confirms(BackupCommand.rows(there))) {
            throw CommandException.usage(
                    "Not restored: the database holds %s. Answer y, or give --yes; `fettle admin backup` keeps it first."
                            .formatted(BackupCommand.rows(there)));
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(source), 1 << 16)) {
            SequencedMap<String, Long> counts = administration.restore(in);
            administration.note("admin.restore", String.valueOf(source.getFileName()), BackupCommand.rows(counts));
            console.err().println("Restored %s from %s".formatted(BackupCommand.rows(counts), file));
            return ExitCode.COMPLETED;
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.FAILED,
                    List.of("`%s` cannot be restored: %s. Nothing was changed; use another backup."
                            .formatted(file, e.getMessage())));
        }
    }

    private boolean confirms(String contents) {
        if (!console.isInTerminal()) {
            return false;
        }
        console.err().print("The database holds %s. Replace all of it? [y/N] ".formatted(contents));
        console.err().flush();
        try {
            int answer = console.in().read();
            return answer == 'y' || answer == 'Y';
        } catch (IOException e) {
            return false;
        }
    }
}
