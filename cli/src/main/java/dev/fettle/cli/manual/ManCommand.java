package dev.fettle.cli.manual;

import dev.fettle.cli.render.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The manual page.
@Command(
        name = "man",
        header = "Print the manual page.",
        footerHeading = "%nExamples:%n",
        footer = {"  fettle man | man -l -", "  fettle man > ~/.local/share/man/man1/fettle.1 && man fettle"})
public final class ManCommand implements Runnable {
    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /// The command, for the program around it.
    public ManCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        console.out().print(ManPage.of(spec.root().commandLine()));
        console.out().flush();
    }
}
