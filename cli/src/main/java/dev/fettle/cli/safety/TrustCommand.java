package dev.fettle.cli.safety;

import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.render.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "trust",
        header = "Say that a settings file of this project is yours.",
        description = {
            "",
            "A .env file may have come with a repository, so it may not say where keys and code go. Once you trust "
                    + "it, all of it counts, until it changes."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  fettle trust", "  fettle trust service/.env"})
public final class TrustCommand implements Callable<Integer> {
    private final Host host;
    private final Console console;

    @Parameters(paramLabel = "FILE", defaultValue = ".env", description = "The file (default: .env).")
    private Path file = Path.of(".env");

    public TrustCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    @Override
    public Integer call() {
        if (!Files.isRegularFile(host.directory().resolve(file))) {
            throw CommandException.usage("`%s` is not a file; name the settings file to trust.".formatted(file));
        }
        host.trust(file);
        console.err().println("Trusted as it is now: " + file);
        return ExitCode.COMPLETED;
    }
}
