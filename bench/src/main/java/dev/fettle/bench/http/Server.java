package dev.fettle.bench.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A `fettle serve` of its own.
///
/// @param key of its administrator
record Server(Process process, int port, String key) {
    private static final Pattern PORT = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)");
    private static final Pattern KEY = Pattern.compile("fk_\\S+");

    static Server start(Path program, Path directory, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path log = Files.createDirectories(directory).resolve("serve.log");
        ProcessBuilder builder = new ProcessBuilder(
                        program.resolve("bin/fettle").toString(), "serve", "--port", "0")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("FETTLE_HOME", directory.resolve("home").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        while (true) {
            String said = Files.readString(log);
            Matcher port = PORT.matcher(said);
            Matcher key = KEY.matcher(said);
            if (port.find() && key.find()) {
                return new Server(process, Integer.parseInt(port.group(1)), key.group());
            }
            if (!process.isAlive()) {
                throw new IOException("The server does not start: " + said);
            }
            Thread.sleep(10);
        }
    }

    /// Processor time taken so far.
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /// In megabytes.
    double resident() throws IOException {
        List<String> status = Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"));
        String line = status.stream()
                .filter(each -> each.startsWith("VmRSS"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
    }

    /// What its heap holds when what nobody needs is gone, in megabytes. Resident memory says less: how much of the
    /// heap
    /// it gives back is for the JVM to say.
    double live() throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process histogram = new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String total = histogram
                .inputReader()
                .lines()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow();
        histogram.waitFor();
        return Long.parseLong(total.substring(total.lastIndexOf(' ') + 1)) / (1024.0 * 1024);
    }

    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
