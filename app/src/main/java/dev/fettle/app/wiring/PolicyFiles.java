package dev.fettle.app.wiring;

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
import java.util.ArrayList;
import java.util.List;

/// The policy files of this machine: the user's, that of whoever runs the machine, and the workspace's, which may only
/// tighten and so needs no trust.
///
/// @param user in Fettle's home; commands that a person always allows are added to it
record PolicyFiles(Path user, Path managed, Path project, CommandParser parser) {
    private static final Path MANAGED = Path.of("/etc/fettle/policy.json");

    static PolicyFiles of(Home home, Path workspace, CommandParser parser) {
        return new PolicyFiles(
                home.directory().resolve("policy.json"), MANAGED, workspace.resolve(".fettle/policy.json"), parser);
    }

    /// The rules of all files.
    ///
    /// @throws CommandException naming every mistake in every file
    List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        List<String> mistakes = new ArrayList<>();
        add(user, Layer.USER, rules, mistakes);
        add(managed, Layer.MANAGED, rules, mistakes);
        if (!Files.isSymbolicLink(project)) {
            add(project, Layer.PROJECT, rules, mistakes);
        } else {
            mistakes.add("%s is a link; rules of a project have to be in the project.".formatted(project));
        }
        if (!mistakes.isEmpty()) {
            throw new CommandException(ExitCode.USAGE, mistakes);
        }
        return rules;
    }

    private void add(Path file, Layer layer, List<Rule> rules, List<String> mistakes) {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            rules.addAll(PolicyFile.parse(file.toString(), Files.readString(file), layer, parser));
        } catch (PolicyFileException e) {
            mistakes.addAll(
                    e.mistakes().stream().map(each -> file + ": " + each).toList());
        } catch (IOException e) {
            mistakes.add("%s cannot be read: %s. Mend it or remove it.".formatted(file, e));
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
