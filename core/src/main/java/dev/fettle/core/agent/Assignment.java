package dev.fettle.core.agent;

import dev.fettle.core.context.Instructions;
import dev.fettle.core.model.Model;
import dev.fettle.core.usage.Limits;
import dev.fettle.core.workspace.Workspace;
import java.util.Optional;

/// What an agent is given to work with.
///
/// @param temperature 0 to 2; empty for the provider's default
public record Assignment(
        Workspace workspace, Model model, Limits limits, Instructions instructions, Optional<Double> temperature) {}
