package dev.fettle.app.wiring;

import dev.fettle.app.config.Configuration;
import dev.fettle.app.config.Settings;
import dev.fettle.app.models.ModelChoice;
import dev.fettle.app.place.Surroundings;
import dev.fettle.cli.host.Host.Equipped;
import dev.fettle.core.agent.Agent;
import dev.fettle.core.agent.Assignment;
import dev.fettle.core.permission.Approver;
import dev.fettle.core.usage.Limits;
import java.util.ArrayList;
import java.util.List;

/// Puts agents together. What depends on the settings and the directory of one is made for it; all else is part of the
/// process, because a server puts one together for every run.
record Agents(Parts parts) {

    /// An agent that works for a user.
    Equipped agent(Configuration configuration, Approver approver, String user) {
        ModelChoice choice = ModelChoice.of(configuration, parts.catalogue(), parts.plugins());
        List<ModelChoice> fallbacks = ModelChoice.fallbacks(configuration, parts.catalogue(), parts.plugins());
        Limits limits = CostSettings.limits(configuration, choice.model());
        fallbacks.forEach(each -> CostSettings.limits(configuration, each.model()));
        Surroundings surroundings = surroundings(configuration);
        Storage storage = parts.storage(configuration);

        Assignment assignment = new Assignment(
                surroundings.workspace(),
                choice.model(),
                limits,
                CostSettings.purse(
                        configuration,
                        storage.ledger(),
                        user,
                        fallbacks.stream().map(ModelChoice::model).toList()),
                parts.instructions(),
                parts.secrets(configuration),
                configuration.find(Settings.LLM_TEMPERATURE));
        Agent agent = new Agent(
                storage.sessions(),
                assignment,
                parts.models(configuration).chain(configuration, choice, fallbacks),
                parts.toolbox(),
                surroundings.guard(approver),
                parts.clock());
        List<String> notes = new ArrayList<>(configuration.notes());
        parts.catalogue().doubt(choice.model()).ifPresent(notes::add);
        return new Equipped(agent, choice.model(), notes);
    }

    /// Where an agent with these settings works.
    Surroundings surroundings(Configuration configuration) {
        return new Surroundings(configuration, parts.machine(), parts.directory(), parts.secrets(configuration)::mask);
    }
}
