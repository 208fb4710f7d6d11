package dev.fettle.app.watch;

import dev.fettle.app.config.Configuration;
import dev.fettle.app.config.Settings;
import dev.fettle.telemetry.log.LogOptions;
import dev.fettle.telemetry.log.ProcessLog;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The log of a process of its own: on standard error, or in a file that rotates. Commands go with the small binding of
/// SLF4J, which is there at once; the one for machines takes longer to start than a command may.
///
/// @param isTerminal whether people read the stream
public record StandardErrorLog(OutputStream stream, boolean isTerminal) implements Logging {
    private static final String PROVIDER = "slf4j.provider";

    /// Chooses a binding until more is known: of two on the class path SLF4J would take any, and say so. Even a process
    /// that logs nothing needs that, for the JDK looks for a logger when it ends.
    public static void begin() {
        System.setProperty("slf4j.internal.verbosity", "WARN");
        System.setProperty(PROVIDER, "org.slf4j.simple.SimpleServiceProvider");
        simple("defaultLogLevel", "warn");
    }

    @Override
    public void ofCommand(Configuration configuration, UnaryOperator<String> mask) {
        Optional<Path> file = configuration.find(Settings.LOG_FILE);
        if (file.isPresent()) {
            start(configuration, configuration.get(Settings.LOG_FORMAT).equals("json"), mask);
            return;
        }
        String level = level(configuration);
        simple("defaultLogLevel", level);
        simple("showDateTime", "true");
        simple("dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
        if (!level.equals("debug") && !level.equals("trace")) {
            // It tells with stack traces what commands say in a sentence.
            simple("log.com.zaxxer.hikari", "off");
            simple("log.org.flywaydb", "error");
        }
    }

    @Override
    public boolean ofRole(Configuration configuration, UnaryOperator<String> mask) {
        boolean isRead = isTerminal && configuration.find(Settings.LOG_FILE).isEmpty();
        boolean isJson = switch (configuration.get(Settings.LOG_FORMAT)) {
            case "json" -> true;
            case "text" -> false;
            default -> !isRead;
        };
        start(configuration, isJson, mask);
        return isJson;
    }

    private void start(Configuration configuration, boolean isJson, UnaryOperator<String> mask) {
        System.setProperty(PROVIDER, ProcessLog.PROVIDER);
        ProcessLog.configure(
                new LogOptions(level(configuration), isJson, configuration.find(Settings.LOG_FILE), stream, mask));
    }

    private static String level(Configuration configuration) {
        String level = configuration.get(Settings.LOG_LEVEL);
        return level.equals("warning") ? "warn" : level;
    }

    private static void simple(String property, String value) {
        System.setProperty("org.slf4j.simpleLogger." + property, value);
    }
}
