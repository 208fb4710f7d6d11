package dev.fettle.telemetry.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.fettle.core.trace.Correlation;
import java.util.List;
import net.logstash.logback.composite.AbstractJsonProvider;
import org.slf4j.event.KeyValuePair;
import tools.jackson.core.JsonGenerator;

/// What the line is about, but for what it says itself. Asked on the thread that logs, which is the one that knows.
final class CorrelationFields extends AbstractJsonProvider<ILoggingEvent> {
    @Override
    public void writeTo(JsonGenerator generator, ILoggingEvent event) {
        Correlation.current()
                .ifPresent(each -> each.fields().forEach((name, value) -> {
                    if (!says(event, name)) {
                        generator.writeStringProperty(name, value);
                    }
                }));
    }

    private static boolean says(ILoggingEvent event, String name) {
        List<KeyValuePair> said = event.getKeyValuePairs();
        return said != null && said.stream().anyMatch(pair -> name.equals(pair.key));
    }
}
