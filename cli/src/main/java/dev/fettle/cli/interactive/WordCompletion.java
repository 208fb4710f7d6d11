package dev.fettle.cli.interactive;

import dev.fettle.cli.host.Host;
import dev.fettle.cli.interactive.command.Commands;
import dev.fettle.cli.interactive.talk.Sitting;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/// Completes commands where a line begins with a slash, files after an `@` and what code defines after a `#`. The files
/// are looked for again when what is known of them is older than a few seconds.
final class WordCompletion implements Completer {
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final int MOST = 40;

    private final Sitting sitting;
    private final Commands commands;
    private final InstantSource clock;
    private List<String> files = List.of();
    private long readAt = -FRESH.toMillis();

    WordCompletion(Sitting sitting, Commands commands, InstantSource clock) {
        this.sitting = sitting;
        this.commands = commands;
        this.clock = clock;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String word = line.word();
        if (word.startsWith("@")) {
            List<String> best = new FuzzyWord(word.substring(1)).best(files(), MOST);
            for (String file : best) {
                candidates.add(candidate("@" + file, "", candidates.size()));
            }
        } else if (word.startsWith("#") && word.length() > 1) {
            for (Host.Symbol each : sitting.host().symbols(sitting.flags(), word.substring(1))) {
                candidates.add(candidate("#" + each.name(), each.place(), candidates.size()));
            }
        } else if (line.wordIndex() == 0 && word.startsWith("/")) {
            commands.all().stream()
                    .filter(each -> ("/" + each.name()).startsWith(word))
                    .map(each -> candidate("/" + each.name(), each.help(), candidates.size()))
                    .forEach(candidates::add);
        }
    }

    private static Candidate candidate(String value, String description, int order) {
        return new Candidate(
                value,
                value,
                null,
                Optional.of(description).filter(text -> !text.isEmpty()).orElse(null),
                null,
                null,
                true,
                order);
    }

    private List<String> files() {
        long now = clock.millis();
        if (now - readAt >= FRESH.toMillis()) {
            files = sitting.host().files(sitting.flags());
            readAt = now;
        }
        return files;
    }
}
