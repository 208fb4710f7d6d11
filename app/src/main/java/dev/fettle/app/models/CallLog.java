package dev.fettle.app.models;

import dev.fettle.core.model.CallObserver;
import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.monitor.Monitor;
import dev.fettle.core.monitor.Occurrence;
import dev.fettle.core.usage.Usage;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A line in the log for every model call. A monitor is told what the log of the session does not say: which failed,
/// and what a cache knew.
record CallLog(Monitor monitor) implements CallObserver {
    private static final Logger LOG = LoggerFactory.getLogger(CallLog.class);

    @Override
    public void onAnswer(Model model, Usage usage, Duration took) {
        LOG.debug("{} answered after {} ms, {} tokens", model.name(), took.toMillis(), usage.total());
    }

    @Override
    public void onFailure(Model model, ModelException.Kind kind, Duration took) {
        LOG.debug("{} failed after {} ms: {}", model.name(), took.toMillis(), kind);
        monitor.tell(new Occurrence.ModelFailed(model.name(), kind));
    }

    @Override
    public void onLookup(boolean isKnown) {
        monitor.tell(new Occurrence.CacheAsked(isKnown));
    }

    @Override
    public void onInterruption(Model model, Duration took) {
        LOG.debug("{} was interrupted after {} ms", model.name(), took.toMillis());
    }
}
