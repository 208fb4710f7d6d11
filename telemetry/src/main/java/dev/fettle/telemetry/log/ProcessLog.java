package dev.fettle.telemetry.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/// Sets Logback up, in code: reading a file for it costs time at the start, and could be anybody's.
public final class ProcessLog {
    /// Told whatever the level: what a process says of itself to whoever looks after it.
    public static final String PROCESS = "dev.fettle.process";

    /// What SLF4J calls it, for the property `slf4j.provider`.
    public static final String PROVIDER = "ch.qos.logback.classic.spi.LogbackServiceProvider";

    static final long FILE_BYTES = 10L << 20;
    static final int OLDER_FILES = 5;

    private ProcessLog() {}

    /// Has the process log so from now on, if it logs with Logback: if [#PROVIDER] was named before the first line.
    public static void configure(LogOptions options) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            configure(context, options);
        }
    }

    static void configure(LoggerContext context, LogOptions options) {
        context.reset();
        Appender<ILoggingEvent> appender = options.file()
                .<Appender<ILoggingEvent>>map(file -> file(context, file, encoder(context, options)))
                .orElseGet(() -> stream(context, options));
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level level = Level.toLevel(options.level(), Level.WARN);
        root.setLevel(level);
        root.addAppender(appender);
        context.getLogger(PROCESS).setLevel(level.isGreaterOrEqual(Level.INFO) ? Level.INFO : level);
        if (level.isGreaterOrEqual(Level.INFO)) {
            // They tell with stack traces what a sentence says elsewhere.
            context.getLogger("com.zaxxer.hikari").setLevel(Level.OFF);
            context.getLogger("org.flywaydb").setLevel(Level.ERROR);
        }
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext context, LogOptions options) {
        if (options.isJson()) {
            Encoder<ILoggingEvent> json = JsonLines.encoder(options.mask());
            json.setContext(context);
            json.start();
            return json;
        }
        PlainLines layout = new PlainLines(options.mask());
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> plain = new LayoutWrappingEncoder<>();
        plain.setLayout(layout);
        plain.setCharset(StandardCharsets.UTF_8);
        plain.setContext(context);
        plain.start();
        return plain;
    }

    private static Appender<ILoggingEvent> stream(LoggerContext context, LogOptions options) {
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setName("stream");
        appender.setEncoder(encoder(context, options));
        appender.setOutputStream(options.stream());
        appender.start();
        return appender;
    }

    /// When the file is full it becomes `….1`, what was that `….2`, and the last goes.
    static Appender<ILoggingEvent> file(LoggerContext context, Path file, Encoder<ILoggingEvent> encoder) {
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(context);
        appender.setName("file");
        appender.setFile(file.toString());
        appender.setEncoder(encoder);
        FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
        rolling.setContext(context);
        rolling.setParent(appender);
        rolling.setFileNamePattern(file + ".%i");
        rolling.setMinIndex(1);
        rolling.setMaxIndex(OLDER_FILES);
        rolling.start();
        SizeBasedTriggeringPolicy<ILoggingEvent> full = new SizeBasedTriggeringPolicy<>();
        full.setContext(context);
        full.setMaxFileSize(new FileSize(FILE_BYTES));
        full.setCheckIncrement(Duration.buildBySeconds(1));
        full.start();
        appender.setRollingPolicy(rolling);
        appender.setTriggeringPolicy(full);
        appender.start();
        return appender;
    }
}
