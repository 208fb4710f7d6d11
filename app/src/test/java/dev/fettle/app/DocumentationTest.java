package dev.fettle.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import dev.fettle.app.config.Setting;
import dev.fettle.app.config.Settings;
import dev.fettle.cli.host.ExitCode;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The pages for users say what the program does.
class DocumentationTest {

    @Test
    void theConfigurationPageNamesEverySettingAndItsDefault() throws IOException {
        String page = page("docs/configuration.md");
        List<String> missing = Settings.ALL.stream()
                .flatMap(setting -> setting.names().stream())
                .filter(name -> !page.contains("`" + name + "`"))
                .toList();
        assertEquals(List.of(), missing);
    }

    @Test
    void theConfigurationPageMarksWhatAProjectMaySet() throws IOException {
        List<String> lines = page("docs/configuration.md").lines().toList();
        for (Setting<?> setting : Settings.ALL) {
            boolean isMarked = lines.stream()
                    .anyMatch(line -> line.startsWith("| `" + setting.name() + "`") && line.contains("| project |"));
            assertEquals(setting.reach() == Setting.Reach.PROJECT, isMarked, setting.name());
        }
    }

    @Test
    void theExitCodePageHasALineForEveryStatus() throws IOException {
        String page = page("docs/exit-codes.md");
        for (Status status : Status.values()) {
            String line = "| %d | `%s` |".formatted(ExitCode.of(status), status.word());
            assertEquals(true, page.contains(line), "missing: " + line);
        }
    }

    @Test
    void theEventPageHasALineForEveryEvent() throws IOException {
        String page = page("docs/events.md");
        JsonSubTypes types = Objects.requireNonNull(Event.class.getAnnotation(JsonSubTypes.class));
        assertEquals(
                List.of(),
                Arrays.stream(types.value())
                        .map(JsonSubTypes.Type::name)
                        .filter(name -> !page.contains("| `" + name + "` |"))
                        .toList());
    }

    private static String page(String path) throws IOException {
        return Files.readString(Checkout.ROOT.resolve(path));
    }
}
