package dev.fettle.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Starts programs of the tests in a JVM of their own.
public final class OtherProcess {
    private OtherProcess() {}

    public static Process start(Class<?> program, Path scratch, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.sqlite.tmpdir=" + scratch,
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /// Reads up to the line by which the program says it is ready.
    public static BufferedReader awaitLine(Process process, String line) throws IOException {
        BufferedReader output = process.inputReader();
        for (String read = output.readLine(); !line.equals(read); read = output.readLine()) {
            if (read == null) {
                throw new IOException("The process ended before it said `%s`".formatted(line));
            }
        }
        return output;
    }
}
