package dev.fettle.cli.turn;

import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.render.Console;
import dev.fettle.core.model.Model;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The user's words, from the command line and, where `-` stands or nothing else is given, from standard input.
public final class Prompt {
    private static final int MOST_BYTES = 10 * 1024 * 1024;
    /// A low guess for text and code, so that nothing is refused that might fit.
    private static final int CHARACTERS_PER_TOKEN = 4;

    private Prompt() {}

    /// The words, which have to be there.
    public static String read(List<String> words, Console console) {
        if (words.isEmpty() && console.isInTerminal()) {
            throw CommandException.usage(
                    "There is no prompt. Say what to do: fettle run \"fix the failing test\", or pipe it in.");
        }
        List<String> given = words.isEmpty() ? List.of("-") : words;
        StringBuilder prompt = new StringBuilder();
        for (String word : given) {
            String separator = word.equals("-") ? "\n\n" : " ";
            prompt.append(prompt.isEmpty() ? "" : separator).append(word.equals("-") ? standardInput(console) : word);
        }
        String text = prompt.toString();
        if (text.isBlank()) {
            throw CommandException.usage("The prompt is empty. Say what to do: fettle run \"fix the failing test\".");
        }
        return text;
    }

    /// The words if there are any, for commands that can do without.
    public static Optional<String> find(List<String> words, Console console) {
        if (words.isEmpty()) {
            String input = console.isInTerminal() ? "" : standardInput(console);
            return input.isBlank() ? Optional.empty() : Optional.of(input);
        }
        return Optional.of(read(words, console));
    }

    /// Refuses at once what no request could hold.
    public static String fitting(String prompt, Model model) {
        int tokens = prompt.length() / CHARACTERS_PER_TOKEN;
        if (tokens > model.contextWindow()) {
            throw CommandException.usage(
                    "The prompt has about %,d tokens and %s takes %,d in all. Put the text into a file of the workspace and name it in the prompt."
                            .formatted(tokens, model.name(), model.contextWindow()));
        }
        return prompt;
    }

    private static String standardInput(Console console) {
        try {
            byte[] bytes = console.in().readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw CommandException.usage(
                        "The prompt on standard input has more than %d MB. Put the text into a file of the workspace and name it in the prompt."
                                .formatted(MOST_BYTES / 1024 / 1024));
            }
            return new String(bytes, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw CommandException.usage("The prompt cannot be read from standard input: " + e.getMessage());
        }
    }
}
