package dev.fettle.app.models;

import dev.fettle.app.config.Configuration;
import dev.fettle.app.config.Setting;
import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host.ModelRow;
import dev.fettle.cli.host.Host.Reached;
import dev.fettle.core.model.ModelException;
import dev.fettle.providers.catalogue.ModelCatalogue;
import dev.fettle.providers.http.Wire;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The models there are, for looking at and trying out.
public record ModelDirectory(ModelCatalogue catalogue, Plugins plugins) {

    /// Every model of the catalogue, and what has to be set to use it.
    public List<ModelRow> rows(Configuration configuration) {
        return catalogue.all().stream()
                .map(model -> new ModelRow(
                        model,
                        KnownProvider.called(model.provider())
                                .flatMap(provider -> provider.missing(configuration))
                                .map(Setting::name)))
                .toList();
    }

    /// The model that is configured and its fallbacks.
    public List<Reached> configured(Configuration configuration, Wire wire) {
        return Stream.concat(
                        Stream.of(ModelChoice.of(configuration, catalogue, plugins)),
                        ModelChoice.fallbacks(configuration, catalogue, plugins).stream())
                .map(choice -> new Reached(choice.model(), choice.connection().apply(wire)))
                .toList();
    }

    /// A model by its name. One that cannot be reached for lack of something fails when it is asked, so that others can
    /// be tried all the same.
    ///
    /// @param configuration says that this is the model
    public Reached named(String name, Supplier<Configuration> configuration, Wire wire) {
        try {
            ModelChoice choice = ModelChoice.of(configuration.get(), catalogue, plugins);
            return new Reached(choice.model(), choice.connection().apply(wire));
        } catch (CommandException e) {
            String[] parts = name.split("/", 2);
            String why = String.join(" ", e.messages());
            boolean isKey = e.exitCode() == ExitCode.AUTH_ERROR;
            return new Reached(catalogue.find(parts[0], parts.length == 2 ? parts[1] : parts[0]), (_, _) -> {
                throw new ModelException(isKey ? ModelException.Kind.AUTH : ModelException.Kind.INVALID_REQUEST, why);
            });
        }
    }
}
