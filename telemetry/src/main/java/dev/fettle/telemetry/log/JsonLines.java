package dev.fettle.telemetry.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.function.UnaryOperator;
import net.logstash.logback.composite.JsonProviders;
import net.logstash.logback.composite.loggingevent.KeyValuePairsJsonProvider;
import net.logstash.logback.composite.loggingevent.LogLevelJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggerNameJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggingEventFormattedTimestampJsonProvider;
import net.logstash.logback.composite.loggingevent.MessageJsonProvider;
import net.logstash.logback.composite.loggingevent.StackTraceJsonProvider;
import net.logstash.logback.encoder.LoggingEventCompositeJsonEncoder;
import net.logstash.logback.mask.MaskingJsonGeneratorDecorator;

/// One line of JSON for each event. Texts are masked before they are escaped: a secret of several lines would not be
/// recognised afterwards.
final class JsonLines {
    private JsonLines() {}

    static LoggingEventCompositeJsonEncoder encoder(UnaryOperator<String> mask) {
        var timestamp = new LoggingEventFormattedTimestampJsonProvider();
        timestamp.setFieldName("timestamp");
        timestamp.setTimeZone("UTC");
        var logger = new LoggerNameJsonProvider();
        logger.setFieldName("logger");
        JsonProviders<ILoggingEvent> providers = new JsonProviders<>();
        providers.addProvider(timestamp);
        providers.addProvider(new LogLevelJsonProvider());
        providers.addProvider(logger);
        providers.addProvider(new MessageJsonProvider());
        providers.addProvider(new CorrelationFields());
        providers.addProvider(new KeyValuePairsJsonProvider());
        providers.addProvider(new StackTraceJsonProvider());
        LoggingEventCompositeJsonEncoder encoder = new LoggingEventCompositeJsonEncoder();
        encoder.setProviders(providers);
        encoder.addDecorator(masking(mask));
        return encoder;
    }

    private static MaskingJsonGeneratorDecorator masking(UnaryOperator<String> mask) {
        MaskingJsonGeneratorDecorator masking = new MaskingJsonGeneratorDecorator();
        masking.addValueMasker((_, value) -> value instanceof CharSequence text ? mask.apply(text.toString()) : null);
        masking.start();
        return masking;
    }
}
