package dev.fettle.app.serve;

import dev.fettle.app.models.ModelAccess;
import dev.fettle.app.models.ModelChoice;
import dev.fettle.cli.host.CommandException;
import dev.fettle.core.model.ModelException;
import dev.fettle.server.api.state.Dependency;
import java.time.Duration;
import java.util.function.Supplier;

/// The model of runs that name none: whether one is configured, and whether its provider is there. To ask it each time
/// would cost money.
///
/// @param access made when it is looked at first
public record ModelDependency(ConfiguredModels models, Supplier<ModelAccess> access) implements Dependency {
    @Override
    public String name() {
        return "model";
    }

    /// What was said before can be read, and others can have been configured for runs that name theirs.
    @Override
    public Level worst() {
        return Level.DEGRADED;
    }

    @Override
    public Duration goodFor() {
        return Duration.ofSeconds(30);
    }

    @Override
    public Condition check() throws InterruptedException {
        try {
            ModelChoice choice = models.choice();
            access.get().reach(choice);
            return Condition.up(choice.model().name());
        } catch (CommandException e) {
            return new Condition(Level.DEGRADED, String.join(" ", e.messages()));
        } catch (ModelException e) {
            return new Condition(Level.DEGRADED, e.getMessage());
        }
    }
}
