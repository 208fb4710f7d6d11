package dev.fettle.cli.admin;

import dev.fettle.cli.host.Administration;
import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.render.Console;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The file is there when all of it is, and not before; nobody else can read it.
@Command(
        name = "backup",
        header = "Write everything the database holds into one file.",
        description = {
            "",
            "Sessions with their events, runs, costs, users, keys (what is kept of them opens nothing), the audit and "
                    + "facts, as they are at one moment; workers go on meanwhile. What was backed up from SQLite can be restored "
                    + "into PostgreSQL, and back. The file can be read by you alone; it holds all conversations.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {"  fettle admin backup fettle.backup", "  fettle admin backup /srv/backups/$(date +%%F).backup"})
final class BackupCommand implements Callable<Integer> {
    private final Host host;
    private final Console console;

    @Parameters(paramLabel = "FILE", description = "Must not exist yet.")
    private Path file = Path.of("");

    BackupCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    @Override
    public Integer call() {
        Path target = host.directory().resolve(file).toAbsolutePath();
        if (Files.exists(target)) {
            throw CommandException.usage("`%s` exists already; name a new file.".formatted(file));
        }
        Administration administration = host.administration();
        try {
            Path part = Files.createTempFile(target.getParent(), ".fettle-", ".part");
            try {
                SequencedMap<String, Long> counts = write(administration, part);
                Files.move(part, target);
                administration.note("admin.backup", String.valueOf(target.getFileName()), rows(counts));
                console.err().println("Wrote %s to %s".formatted(rows(counts), file));
                return ExitCode.COMPLETED;
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.FAILED,
                    List.of("Cannot write `%s`: %s. Check that its directory is there, and the free space."
                            .formatted(file, e)));
        }
    }

    private static SequencedMap<String, Long> write(Administration administration, Path part) throws IOException {
        try (FileOutputStream out = new FileOutputStream(part.toFile())) {
            BufferedOutputStream buffered = new BufferedOutputStream(out, 1 << 16);
            SequencedMap<String, Long> counts = administration.backup(buffered);
            buffered.flush();
            out.getFD().sync();
            return counts;
        }
    }

    /// `3 session, 120 session_event`; nothing of tables that are empty.
    static String rows(SequencedMap<String, Long> counts) {
        String rows = counts.entrySet().stream()
                .filter(each -> each.getValue() > 0)
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(", "));
        return rows.isEmpty() ? "nothing, which is what there is," : rows;
    }
}
