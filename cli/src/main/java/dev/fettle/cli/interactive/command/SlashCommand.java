package dev.fettle.cli.interactive.command;

/// Something the user can tell Fettle itself.
///
/// @param name without the slash
/// @param arguments for people, as in `[MODEL]`; may be empty
public record SlashCommand(String name, String arguments, String help, Action action) {

    /// Does it.
    @FunctionalInterface
    public interface Action {
        /// Does it now.
        ///
        /// @param arguments what stands after the name, stripped
        /// @throws dev.fettle.cli.host.CommandException if it cannot be done
        void run(String arguments) throws InterruptedException;
    }

    /// As the user types it.
    public String usage() {
        return ("/" + name + " " + arguments).strip();
    }
}
