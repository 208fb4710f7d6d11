package dev.fettle.app.wiring;

import java.nio.file.Path;
import java.util.Optional;

/// Sets up the log: lines on standard error, or in a file. It is for operators and bug reports; what a user needs to
/// know is said by the commands themselves.
final class Logging {
    private Logging() {}

    /// Takes effect if nothing has been logged yet: the log reads its properties once, when the first logger is made.
    static void configure(String level, Optional<Path> file) {
        set("defaultLogLevel", level.equals("warning") ? "warn" : level);
        set("showDateTime", "true");
        set("dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
        if (!level.equals("debug") && !level.equals("trace")) {
            // It tells with stack traces what commands say in a sentence.
            set("log.com.zaxxer.hikari", "off");
            set("log.org.flywaydb", "error");
        }
        file.ifPresent(path -> set("logFile", path.toString()));
    }

    private static void set(String property, String value) {
        System.setProperty("org.slf4j.simpleLogger." + property, value);
    }
}
