package dev.fettle.app.serve;

import dev.fettle.app.config.Configuration;
import dev.fettle.app.models.ModelChoice;
import dev.fettle.app.models.ModelDirectory;
import dev.fettle.cli.host.CommandException;
import dev.fettle.server.api.model.Models;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The models as the settings of this process have them.
///
/// @param naming what the settings are for a run that names this model
public record ConfiguredModels(
        ModelDirectory directory, Configuration configuration, Function<String, Configuration> naming)
        implements Models {

    @Override
    public List<Listed> list() {
        return directory.rows(configuration).stream()
                .map(row -> new Listed(row.model(), row.missing().isEmpty()))
                .toList();
    }

    @Override
    public Optional<String> refusal(String name) {
        try {
            choice(naming.apply(name));
            return Optional.empty();
        } catch (CommandException e) {
            return Optional.of(String.join(" ", e.messages()));
        }
    }

    /// The name of the model that runs use which name none, with other settings.
    ///
    /// @throws CommandException if there is none
    public String standard(Configuration other) {
        return choice(other).model().name();
    }

    /// The model that runs use which name none, and how it is reached.
    ///
    /// @throws CommandException if there is none
    ModelChoice choice() {
        return choice(configuration);
    }

    private ModelChoice choice(Configuration wanted) {
        return ModelChoice.of(wanted, directory.catalogue(), directory.plugins());
    }
}
