package dev.fettle.app;

import dev.fettle.app.watch.MaskedStream;
import dev.fettle.app.watch.StandardErrorLog;
import dev.fettle.app.wiring.Program;
import dev.fettle.app.wiring.Version;
import dev.fettle.cli.FettleCommand;
import dev.fettle.cli.render.Console;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/// Where the program starts.
public final class Main {
    private Main() {}

    /// Runs one command line and ends the process with its exit code.
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        StandardErrorLog.begin();
        if (arguments.length == 1 && arguments[0].equals("--version")) {
            // The one command that must not wait for anything to be loaded.
            System.out.println("fettle " + Version.current());
            return 0;
        }
        Console console = console(
                System.getProperty("fettle.terminals", ""), Integer.getInteger("fettle.columns", 0), System.getenv());
        StandardErrorLog log = new StandardErrorLog(new FileOutputStream(FileDescriptor.err), console.isErrTerminal());
        try (Program program = new Program(Path.of("").toAbsolutePath(), System.getenv(), log)) {
            // The console has streams of its own; this one is for the log, and for threads that die.
            System.setErr(new PrintStream(new MaskedStream(System.err, program::mask), true, StandardCharsets.UTF_8));
            return FettleCommand.execute(program, console, arguments);
        }
    }

    /// The process's streams, always in UTF-8.
    ///
    /// @param terminals the numbers of those that are terminals, as the launcher found them
    /// @param columns how wide they are, or 0
    private static Console console(String terminals, int columns, Map<String, String> environment) {
        return new Console(
                System.in,
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                terminals.contains("0"),
                terminals.contains("1"),
                terminals.contains("2"),
                environment.getOrDefault("NO_COLOR", "").isEmpty()
                        && !environment.getOrDefault("TERM", "").equals("dumb"),
                columns > 0 ? columns : 80);
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor), 8192), true, StandardCharsets.UTF_8);
    }
}
