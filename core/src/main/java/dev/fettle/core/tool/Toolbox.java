package dev.fettle.core.tool;

import dev.fettle.core.text.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// The tools of one agent, in the order they are presented to the model.
public final class Toolbox {
    private final SequencedMap<String, Tool> tools;
    private final List<ToolSpec> specs;

    public Toolbox(List<Tool> tools) {
        this.tools = new LinkedHashMap<>();
        this.specs = tools.stream().map(Tool::spec).toList();
        for (int i = 0; i < specs.size(); i++) {
            String name = specs.get(i).name();
            if (this.tools.put(name, tools.get(i)) != null) {
                throw new IllegalArgumentException("Two tools are called `%s`".formatted(name));
            }
        }
    }

    /// These tools and one more behind them.
    public Toolbox with(Tool more) {
        List<Tool> all = new ArrayList<>(tools.values());
        all.add(more);
        return new Toolbox(all);
    }

    public boolean has(String name) {
        return tools.containsKey(name);
    }

    /// Those that can change nothing.
    public Toolbox reading() {
        return new Toolbox(tools.values().stream()
                .filter(tool -> tool.effect() == Effect.READ)
                .toList());
    }

    public List<ToolSpec> specs() {
        return specs;
    }

    /// The tool of that name.
    ///
    /// @throws ToolException with a suggestion if there is none
    public Tool find(String name) {
        Tool tool = tools.get(name);
        if (tool != null) {
            return tool;
        }
        throw new ToolException(Nearest.to(name, tools.keySet())
                .map(near -> "No tool is called `%s`; did you mean `%s`?".formatted(Nearest.quotable(name), near))
                .orElseGet(() -> "No tool is called `%s`. There are: %s."
                        .formatted(
                                Nearest.quotable(name),
                                String.join(
                                        ", ",
                                        Map.copyOf(tools).keySet().stream()
                                                .sorted()
                                                .toList()))));
    }
}
