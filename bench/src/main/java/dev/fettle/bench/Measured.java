package dev.fettle.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// What a whole process took, its children included.
///
/// @param cpuSeconds user and system time, as bash's `time` counts it
/// @param peakMegabytes largest resident set of any one process (`VmHWM`, sampled every 5 ms); Linux only
record Measured(double wallSeconds, double cpuSeconds, double peakMegabytes) {

    static Measured run(List<String> command, Path directory, Map<String, String> environment) {
        try {
            Path times = Files.createTempFile("fettle-bench-", ".times");
            ProcessBuilder builder = new ProcessBuilder(
                    "bash",
                    "-c",
                    "TIMEFORMAT='%R %U %S'; { time \"$@\" >/dev/null 2>\"$0.err\"; } 2>\"$0\"",
                    times.toString());
            builder.command().addAll(command);
            builder.environment().putAll(environment);
            Process process = builder.directory(directory.toFile()).start();
            double peak = 0;
            while (!process.waitFor(5, TimeUnit.MILLISECONDS)) {
                peak = Math.max(
                        peak,
                        process.descendants().mapToDouble(Measured::peak).max().orElse(0));
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException("%s exited %d: %s"
                        .formatted(command, process.exitValue(), Files.readString(Path.of(times + ".err"))));
            }
            String[] figures = Files.readString(times).strip().split(" ", -1);
            return new Measured(
                    Double.parseDouble(figures[0]),
                    Double.parseDouble(figures[1]) + Double.parseDouble(figures[2]),
                    peak);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static double peak(ProcessHandle process) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"), StandardCharsets.UTF_8)
                    .stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0; // It has ended meanwhile.
        }
    }
}
