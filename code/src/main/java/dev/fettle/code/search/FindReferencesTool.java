package dev.fettle.code.search;

import dev.fettle.code.index.CodeIndex;
import dev.fettle.code.index.IndexDirectory;
import dev.fettle.code.index.IndexException;
import dev.fettle.code.index.Progress;
import dev.fettle.code.index.Usage;
import dev.fettle.core.permission.Permission;
import dev.fettle.core.tool.Describe;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.tool.RecordTool;
import dev.fettle.core.tool.ToolContext;
import dev.fettle.core.tool.ToolException;
import dev.fettle.core.tool.ToolOutput;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Finds who uses something.
public final class FindReferencesTool implements RecordTool<FindReferencesTool.Arguments> {
    private static final int USUAL = 50;
    private static final int MOST = 500;
    private static final int MOST_DEFINITIONS = 100;

    private final IndexDirectory indexes;

    public FindReferencesTool(IndexDirectory indexes) {
        this.indexes = indexes;
    }

    /// What the model sends.
    public record Arguments(
            @Describe("whole name of what is called or used")
            String name,

            @Describe("most results, default 50") Optional<Integer> max) {}

    @Override
    public String name() {
        return "find_references";
    }

    @Override
    public String description() {
        return "Finds who calls or uses something, by its name; answers path:line call|type|use in symbol. "
                + "Leaves out comments and texts, which grep finds too.";
    }

    @Override
    public Effect effect() {
        return Effect.READ;
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public List<Permission> permissions(Arguments arguments) {
        return List.of(new Permission.Read("."));
    }

    @Override
    public ToolOutput run(Arguments arguments, ToolContext context) throws InterruptedException {
        if (arguments.name().isBlank()) {
            throw new ToolException("`name` is empty. Say whose uses to look for.");
        }
        int most = Math.clamp(arguments.max().orElse(USUAL), 1, MOST);
        try (CodeIndex index = indexes.open(context.workspace(), Progress.saying(context.live()))) {
            int definitions =
                    index.definitions(arguments.name(), MOST_DEFINITIONS).size();
            List<Usage> found = index.usages(arguments.name(), most + 1);
            return ToolOutput.of(answer(arguments.name(), definitions, found, most));
        } catch (IndexException e) {
            throw new ToolException(e.getMessage() + " Use grep instead.");
        }
    }

    private static String answer(String name, int definitions, List<Usage> found, int most) {
        if (found.isEmpty()) {
            return definitions == 0
                    ? "Nothing here is called `%s`, and nothing uses it. Use find_symbol with a part of the name."
                            .formatted(name)
                    : "`%s` is defined here; nothing uses it by this name.".formatted(name);
        }
        String lines = found.stream().limit(most).map(FindReferencesTool::line).collect(Collectors.joining("\n"));
        String more = found.size() > most ? "\n[the first %d; there are more, raise max]".formatted(most) : "";
        String doubt = definitions > 1
                ? "\n[found by the name: %d things here are called so, see find_symbol]".formatted(definitions)
                : "";
        return lines + more + doubt;
    }

    private static String line(Usage usage) {
        return "%s:%d %s%s"
                .formatted(
                        usage.path(),
                        usage.line(),
                        usage.kind().word(),
                        usage.from().isEmpty() ? "" : " in " + usage.from());
    }
}
