package dev.fettle.cli.interactive.command;

import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.interactive.live.Page;
import dev.fettle.cli.interactive.talk.Sitting;
import dev.fettle.cli.interactive.talk.Talk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Prompts that users keep in files: `commands/NAME.md` in Fettle's home, `.fettle/commands/NAME.md` in a
/// project. Those of a project were written by anybody, so each must be trusted before it says anything in
/// the user's name. The user's own come first.
record OwnCommands(Sitting sitting, Talk talk, Page page) {
    private static final String ENDING = ".md";

    List<SlashCommand> all() {
        Map<String, SlashCommand> found = new LinkedHashMap<>();
        files(sitting.host().home().resolve("commands"))
                .forEach(file -> found.putIfAbsent(name(file), command(file, true)));
        files(sitting.workspace().resolve(".fettle").resolve("commands"))
                .forEach(file -> found.putIfAbsent(
                        name(file), command(file, sitting.host().isTrusted(file))));
        return List.copyOf(found.values());
    }

    private static List<Path> files(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(ENDING) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(0, name.length() - ENDING.length());
    }

    private SlashCommand command(Path file, boolean isTrusted) {
        String trust = "fettle trust " + sitting.host().directory().relativize(file.toAbsolutePath());
        if (!isTrusted) {
            return new SlashCommand(name(file), "", "not trusted yet: " + trust, _ -> {
                throw CommandException.usage(
                        "`/%s` is a file of the project that you have not said is yours. Read it, then: %s"
                                .formatted(name(file), trust));
            });
        }
        PromptFile prompt = read(file);
        return new SlashCommand(name(file), prompt.arguments(), prompt.description(), arguments -> {
            page.line(page.style().cyan("> ") + page.style().bold(("/" + name(file) + " " + arguments).strip()));
            page.line("");
            talk.say(prompt.with(arguments), List.of());
        });
    }

    private static PromptFile read(Path file) {
        try {
            return PromptFile.parse(Files.readString(file));
        } catch (IOException e) {
            throw new CommandException(ExitCode.FAILED, List.of("Cannot read `%s`: %s".formatted(file, e)));
        }
    }
}
