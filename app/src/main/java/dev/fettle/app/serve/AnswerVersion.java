package dev.fettle.app.serve;

import dev.fettle.app.config.Configuration;
import dev.fettle.app.config.Setting;
import dev.fettle.app.config.Settings;
import dev.fettle.cli.host.CommandException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What an operator has configured that decides what an agent answers: the model and how it is asked, the instructions,
/// this Fettle, and the day, which the model is told. Runs read their settings anew, so this does, once a second.
public final class AnswerVersion implements Supplier<String> {
    private static final Duration GOOD_FOR = Duration.ofSeconds(1);

    private final Supplier<Configuration> configuration;
    private final Function<Configuration, String> model;
    private final Supplier<Optional<String>> instructions;
    private final String program;
    private final InstantSource clock;
    private volatile Known known = new Known("", Instant.MIN);

    private record Known(String text, Instant until) {}

    /// The version of what is configured just now.
    ///
    /// @param model which one answers, for it may not be set but follow from the keys
    /// @param program the version of this program
    public AnswerVersion(
            Supplier<Configuration> configuration,
            Function<Configuration, String> model,
            Supplier<Optional<String>> instructions,
            String program,
            InstantSource clock) {
        this.configuration = configuration;
        this.model = model;
        this.instructions = instructions;
        this.program = program;
        this.clock = clock;
    }

    @Override
    public String get() {
        Known now = known;
        return clock.instant().isBefore(now.until()) ? now.text() : read();
    }

    private synchronized String read() {
        Instant now = clock.instant();
        if (!now.isBefore(known.until())) {
            known = new Known(text(now), now.plus(GOOD_FOR));
        }
        return known.text();
    }

    /// With settings that are wrong no run completes, so nothing is kept under their message.
    private String text(Instant now) {
        try {
            Configuration read = configuration.get();
            return Settings.ALL.stream()
                    .filter(AnswerVersion::decides)
                    .map(setting -> setting.name() + "="
                            + read.value(setting).map(Configuration.Value::text).orElse(""))
                    .collect(Collectors.joining(
                            "\n",
                            "%s\n%s\n%s\n"
                                    .formatted(
                                            program,
                                            LocalDate.ofInstant(now, ZoneId.systemDefault()),
                                            model.apply(read)),
                            "\n" + instructions.get().orElse("")));
        } catch (CommandException e) {
            return String.join("\n", e.messages());
        }
    }

    private static boolean decides(Setting<?> setting) {
        String name = setting.name();
        return !setting.isSecret()
                && (name.startsWith("LLM_")
                        || name.startsWith("AGENT_")
                        || name.endsWith("_BASE_URL")
                        || setting.equals(Settings.READONLY_MODE));
    }
}
