package dev.fettle.app.wiring;

import dev.fettle.app.config.Configuration;
import dev.fettle.app.config.Settings;
import dev.fettle.app.models.ModelChoice;
import dev.fettle.app.place.Surroundings;
import dev.fettle.cli.host.Host.Equipped;
import dev.fettle.core.agent.Agent;
import dev.fettle.core.agent.Assignment;
import dev.fettle.core.context.Context;
import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.core.permission.Approver;
import dev.fettle.core.run.OneCall;
import dev.fettle.core.run.Run;
import dev.fettle.core.session.Session;
import dev.fettle.core.undo.TreeKeeper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Puts agents together. What depends on the settings and the directory of one is made for it; all else is part of the
/// process, because a server puts one together for every run.
record Agents(Parts parts) {

    /// Whom an agent works for.
    ///
    /// @param undoes whether what it changes may be taken back
    private record Client(String user, Approver approver, boolean undoes) {}

    /// An agent that works for whoever sits at the terminal.
    Equipped agent(Configuration configuration, Approver approver) {
        return agent(configuration, new Client(Session.LOCAL_USER, approver, true));
    }

    private Equipped agent(Configuration configuration, Client client) {
        ModelChoice choice = ModelChoice.of(configuration, parts.catalogue(), parts.plugins());
        List<ModelChoice> fallbacks = ModelChoice.fallbacks(configuration, parts.catalogue(), parts.plugins());
        fallbacks.forEach(each -> CostSettings.limits(configuration, each.model()));
        ModelProvider provider = parts.models(configuration).chain(configuration, choice, fallbacks);
        List<Model> others = fallbacks.stream().map(ModelChoice::model).toList();
        Agent agent = agent(
                configuration,
                new Asked(
                        choice.model(),
                        others,
                        provider,
                        parts.context(configuration, client.user()),
                        configuration.get(Settings.AGENT_CLASSIFY)),
                client);
        List<String> notes = new ArrayList<>(configuration.notes());
        parts.catalogue().doubt(choice.model()).ifPresent(notes::add);
        return new Equipped(agent, choice.model(), notes);
    }

    /// An agent for a run of a server or worker.
    Agent agent(Run run, Approver approver) {
        Configuration configuration = parts.ofRun(run.request().settings());
        Client client = new Client(run.user(), approver, false);
        return OneCall.of(run)
                .map(call -> agent(
                        configuration,
                        new Asked(OneCall.MODEL, List.of(), call, new Context(parts.instructions()), false),
                        client))
                .orElseGet(() -> agent(configuration, client).agent());
    }

    /// Who is asked what to do.
    ///
    /// @param others who may answer in place of the model
    /// @param context what it is told; of the workspace nothing, if it is no model
    /// @param classifies whether it sorts requests first
    private record Asked(
            Model model, List<Model> others, ModelProvider provider, Context context, boolean classifies) {}

    private Agent agent(Configuration configuration, Asked asked, Client client) {
        Surroundings surroundings = surroundings(configuration);
        Storage storage = parts.storage(configuration);
        Assignment assignment = new Assignment(
                surroundings.workspace(),
                asked.model(),
                CostSettings.limits(configuration, asked.model()),
                CostSettings.purse(configuration, storage.ledger(), client.user(), asked.others()),
                asked.context(),
                parts.secrets(configuration),
                client.undoes() ? keeper(configuration, surroundings.root()) : Optional.empty(),
                configuration.find(Settings.LLM_TEMPERATURE),
                asked.classifies());
        return new Agent(
                storage.sessions(),
                assignment,
                asked.provider(),
                parts.toolbox(configuration, client.user()),
                surroundings.guard(client.approver()),
                parts.clock());
    }

    /// Empty if nothing is to be taken back. A home directory holds too much that is no project's.
    private Optional<TreeKeeper> keeper(Configuration configuration, Path root) {
        if (configuration.get(Settings.AGENT_UNDO_FILES) == 0) {
            return Optional.empty();
        }
        Path userHome = Path.of(parts.environment().getOrDefault("HOME", System.getProperty("user.home")));
        Optional<String> reasonNotTo = real(userHome).startsWith(real(root))
                ? Optional.of("%s holds your home directory; work in a project's own directory.".formatted(root))
                : Optional.empty();
        return Optional.of(new TreeKeeper(parts.turns(configuration), root, reasonNotTo));
    }

    private static Path real(Path directory) {
        try {
            return directory.toRealPath();
        } catch (IOException e) {
            return directory.toAbsolutePath().normalize();
        }
    }

    /// Where an agent with these settings works.
    Surroundings surroundings(Configuration configuration) {
        return new Surroundings(configuration, parts.machine(), parts.directory(), parts.secrets(configuration)::mask);
    }
}
