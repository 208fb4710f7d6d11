package dev.fettle.cli.manual;

import dev.fettle.cli.render.Console;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// What a shell is to complete.
@Command(
        name = "completion",
        header = "Print what completes commands and options in a shell.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(fettle completion bash)         in ~/.bashrc",
            "  source <(fettle completion zsh)          in ~/.zshrc, behind compinit",
            "  fettle completion fish > ~/.config/fish/completions/fettle.fish"
        })
public final class CompletionCommand implements Runnable {
    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "SHELL",
            defaultValue = "bash",
            description = "bash, zsh or fish (default: ${DEFAULT-VALUE}).")
    private Shell shell = Shell.BASH;

    private enum Shell {
        BASH,
        ZSH,
        FISH
    }

    /// The command, for the program around it.
    public CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        CommandLine program = spec.root().commandLine();
        console.out()
                .print(
                        switch (shell) {
                            // One script for both.
                            case BASH, ZSH -> AutoComplete.bash("fettle", program);
                            case FISH -> FishCompletion.of(program);
                        });
        console.out().flush();
    }
}
