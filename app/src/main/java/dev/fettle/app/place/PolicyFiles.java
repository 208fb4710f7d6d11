package dev.fettle.app.place;

import dev.fettle.app.config.Home;
import dev.fettle.app.config.Reread;
import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.ExitCode;
import dev.fettle.core.permission.Layer;
import dev.fettle.core.permission.command.CommandParser;
import dev.fettle.core.permission.rule.Match;
import dev.fettle.core.permission.rule.PolicyFile;
import dev.fettle.core.permission.rule.PolicyFileException;
import dev.fettle.core.permission.rule.Rule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/// The policy files: the user's, that of whoever runs the machine, and the workspace's, which may only tighten and so
/// needs no trust.
final class PolicyFiles {
    private static final Path MANAGED = Path.of("/etc/fettle/policy.json");
    private static final String PROJECT = ".fettle/policy.json";

    private final Path user;
    private final CommandParser parser;
    private final Reread<Read> machine;

    /// What one file says, or several.
    private record Read(List<Rule> rules, List<String> mistakes) {
        Read and(Read other) {
            return new Read(joined(rules, other.rules), joined(mistakes, other.mistakes));
        }

        private static <T> List<T> joined(List<T> first, List<T> second) {
            return Stream.concat(first.stream(), second.stream()).toList();
        }
    }

    /// The files of this machine; commands that a person always allows are added to the one in the home.
    PolicyFiles(Home home, CommandParser parser) {
        this.user = home.directory().resolve("policy.json");
        this.parser = parser;
        this.machine = new Reread<>(
                List.of(user, MANAGED), () -> read(user, Layer.USER).and(read(MANAGED, Layer.MANAGED)));
    }

    /// The rules of all files.
    ///
    /// @param workspace whose file is read too
    /// @throws CommandException naming every mistake in every file
    List<Rule> rules(Path workspace) {
        Read all = machine.get().and(project(workspace.resolve(PROJECT)));
        if (!all.mistakes().isEmpty()) {
            throw new CommandException(ExitCode.USAGE, all.mistakes());
        }
        return all.rules();
    }

    private Read project(Path file) {
        return Files.isSymbolicLink(file)
                ? mistaken("%s is a link; rules of a project have to be in the project.".formatted(file))
                : read(file, Layer.PROJECT);
    }

    private static Read mistaken(String mistake) {
        return new Read(List.of(), List.of(mistake));
    }

    private Read read(Path file, Layer layer) {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return new Read(List.of(), List.of());
        }
        try {
            return new Read(PolicyFile.parse(file.toString(), Files.readString(file), layer, parser), List.of());
        } catch (PolicyFileException e) {
            return new Read(
                    List.of(),
                    e.mistakes().stream().map(each -> file + ": " + each).toList());
        } catch (IOException e) {
            return mistaken("%s cannot be read: %s. Mend it or remove it.".formatted(file, e));
        }
    }

    /// Adds a rule to the user's file. Of two processes that do so at once, none loses its own.
    void keep(Rule rule) {
        if (!(rule.match() instanceof Match.Words words)) {
            throw new IllegalArgumentException("Only rules for commands are kept: " + rule);
        }
        Path directory = user.resolveSibling("");
        try {
            Files.createDirectories(directory);
            try (FileChannel channel = FileChannel.open(
                            directory.resolve("policy.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock _ = channel.lock()) {
                String present = Files.exists(user) ? Files.readString(user) : "";
                Path fresh = Files.createTempFile(directory, "policy", ".json");
                Files.writeString(fresh, PolicyFile.with(user.toString(), present, rule, words, parser));
                Files.move(fresh, user, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot keep the rule in " + user, e);
        }
    }
}
