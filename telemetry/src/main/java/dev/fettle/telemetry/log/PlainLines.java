package dev.fettle.telemetry.log;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import java.util.function.UnaryOperator;

/// Lines for people.
final class PlainLines extends LayoutBase<ILoggingEvent> {
    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{20} - %kvp{NONE} %msg%n%ex";

    private final PatternLayout layout = new PatternLayout();
    private final UnaryOperator<String> mask;

    PlainLines(UnaryOperator<String> mask) {
        this.mask = mask;
    }

    @Override
    public void start() {
        layout.setContext(getContext());
        layout.setPattern(PATTERN);
        layout.start();
        super.start();
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        return mask.apply(layout.doLayout(event));
    }
}
