package dev.fettle.telemetry.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.rolling.RollingFileAppender;
import dev.fettle.core.secret.SecretUse;
import dev.fettle.core.secret.Secrets;
import dev.fettle.core.trace.Correlation;
import dev.fettle.core.trace.Trace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPMDCAdapter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProcessLogTest {
    private static final String KEY = "zq7Wm-first-part\nK2pXv-second-part-of-it";
    private static final Secrets SECRETS = new Secrets(
            Map.of(KEY, "test", "correct-horse-battery", "password"),
            "0123456789abcdef".getBytes(StandardCharsets.UTF_8),
            Set.of(),
            SecretUse.NEVER);

    private final LoggerContext context = new LoggerContext();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Logger log = context.getLogger("dev.fettle.test");

    @AfterEach
    void stop() {
        context.stop();
    }

    @BeforeEach
    void start() {
        context.setMDCAdapter(new NOPMDCAdapter());
        context.start();
    }

    private void configure(String level, boolean isJson) {
        ProcessLog.configure(context, new LogOptions(level, isJson, Optional.empty(), written, SECRETS::mask));
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    private JsonNode line() {
        assertEquals(1, text().lines().count(), text());
        return JsonMapper.shared().readTree(text());
    }

    @Test
    void aLineSaysWhatItIsAbout() {
        configure("info", true);
        Trace trace = Trace.begin();
        new Correlation(trace).with(Correlation.Id.RUN, "run_1").call(() -> {
            log.atInfo().addKeyValue("status", 200).log("answered {}", "well");
            return trace;
        });
        JsonNode line = line();
        assertEquals(
                List.of("timestamp", "level", "logger", "message", "trace_id", "span_id", "run_id", "status"),
                List.copyOf(line.propertyNames()));
        assertEquals("answered well", line.path("message").asString());
        assertEquals("INFO", line.path("level").asString());
        assertEquals("dev.fettle.test", line.path("logger").asString());
        assertEquals(trace.traceId(), line.path("trace_id").asString());
        assertEquals("run_1", line.path("run_id").asString());
        assertEquals(200, line.path("status").asInt());
        assertTrue(line.path("timestamp").asString().endsWith("Z"), line.toString());
        Instant.parse(line.path("timestamp").asString());
    }

    @Test
    void whatALineSaysItselfIsThereOnce() {
        configure("info", true);
        new Correlation(Trace.begin()).with(Correlation.Id.USER, "ann").call(() -> {
            log.atInfo().addKeyValue("user", "bob").log("x");
            return log;
        });
        assertEquals("bob", line().path("user").asString());
        assertEquals(2, text().split("\"user\"", -1).length);
    }

    @Test
    void aKeyInAnExceptionIsNotWritten() {
        for (boolean isJson : List.of(true, false)) {
            written.reset();
            configure("warn", isJson);
            log.atWarn()
                    .addKeyValue("given", "correct-horse-battery")
                    .setCause(new IllegalStateException("refused: " + KEY, new IOException("correct-horse-battery")))
                    .log("with {}", "correct-horse-battery");
            assertFalse(text().contains("correct-horse"), text());
            assertFalse(text().contains("zq7Wm"), text());
            assertFalse(text().contains("K2pXv"), text());
            assertTrue(text().contains("IllegalStateException"), text());
            assertTrue(text().contains("⟨secret:password⟩"), text());
        }
    }

    @Test
    void theLevelCountsButForWhatTheProcessSaysOfItself() {
        configure("warn", false);
        log.info("unheard");
        context.getLogger(ProcessLog.PROCESS).info("It is ready.");
        assertFalse(text().contains("unheard"));
        assertTrue(text().contains("It is ready."));
    }

    @Test
    void textIsForPeople() {
        configure("debug", false);
        log.debug("Looked at {} things", 3);
        assertTrue(text().matches("\\S+T\\S+ DEBUG dev.fettle.test - +Looked at 3 things\\R"), text());
    }

    @Test
    void aFullFileMakesRoomAndTheOldestGoes(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("fettle.log");
        ProcessLog.configure(context, new LogOptions("info", true, Optional.of(file), written, SECRETS::mask));
        log.info("first");
        assertTrue(Files.readString(file).contains("first"));
        assertEquals("", text());

        // As the appender does when the file is full; to fill seven would take long.
        var appender = (RollingFileAppender<?>)
                context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("file");
        for (int i = 1; i <= ProcessLog.OLDER_FILES + 2; i++) {
            appender.rollover();
            log.info("after {}", i);
        }

        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(
                    List.of(
                            "fettle.log",
                            "fettle.log.1",
                            "fettle.log.2",
                            "fettle.log.3",
                            "fettle.log.4",
                            "fettle.log.5"),
                    files.map(each -> each.getFileName().toString()).sorted().toList());
        }
    }
}
