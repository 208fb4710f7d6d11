package dev.fettle.server.api.model;

import dev.fettle.core.tool.Effect;
import dev.fettle.core.tool.ToolSpec;
import dev.fettle.core.tool.Toolbox;
import dev.fettle.server.exchange.Access;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.operation.Operation;
import dev.fettle.server.route.Route;
import java.util.List;
import java.util.Locale;

/// Which tools an agent has here.
public record ToolRoutes(Toolbox tools) {

    /// What a tool does to the world.
    enum Reach {
        /// Nothing.
        READ,
        /// It changes files.
        WRITE,
        /// It may do anything.
        EXECUTE;

        static Reach of(Effect effect) {
            return switch (effect) {
                case READ -> READ;
                case KEYED -> WRITE;
                case UNSAFE -> EXECUTE;
            };
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    record View(String name, String description, Reach access) {}

    record ToolList(List<View> tools) {}

    public List<Route> list() {
        return List.of(Route.get("/api/v1/tools", new Access.Scoped("read"), _ -> all())
                .as(Operation.of("list_tools", "List tools", "What an agent has here, as the model is told of it.")
                        .gives(200, "The tools.", ToolList.class)));
    }

    private Answer all() {
        return Answer.json(new ToolList(tools.specs().stream().map(this::view).toList()));
    }

    private View view(ToolSpec spec) {
        return new View(
                spec.name(),
                spec.description(),
                Reach.of(tools.find(spec.name()).effect()));
    }
}
