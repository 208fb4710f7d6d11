package dev.fettle.code.search;

import dev.fettle.code.index.CodeIndex;
import dev.fettle.code.index.Definition;
import dev.fettle.code.index.IndexDirectory;
import dev.fettle.code.index.IndexException;
import dev.fettle.code.index.Progress;
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

/// Finds where something is defined.
public final class FindSymbolTool implements RecordTool<FindSymbolTool.Arguments> {
    private static final int USUAL = 30;
    private static final int MOST = 200;

    private final IndexDirectory indexes;

    public FindSymbolTool(IndexDirectory indexes) {
        this.indexes = indexes;
    }

    /// What the model sends.
    public record Arguments(
            @Describe("name of a class, function, method, type, table …, or a part of one")
            String name,

            @Describe("most results, default 30") Optional<Integer> max) {}

    @Override
    public String name() {
        return "find_symbol";
    }

    @Override
    public String description() {
        return "Finds where something is defined, by its name; answers path:line kind name: signature. "
                + "Knows 20 languages and reads definitions only, where grep finds every mention.";
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
            throw new ToolException("`name` is empty. Say what to look for, or use glob to see what files there are.");
        }
        int most = Math.clamp(arguments.max().orElse(USUAL), 1, MOST);
        try (CodeIndex index = indexes.open(context.workspace(), Progress.saying(context.live()))) {
            List<Definition> exact = index.definitions(arguments.name(), most + 1);
            return ToolOutput.of(exact.isEmpty() ? similar(index, arguments.name(), most) : lines(exact, most));
        } catch (IndexException e) {
            throw new ToolException(e.getMessage() + " Use grep instead.");
        }
    }

    private static String similar(CodeIndex index, String name, int most) {
        List<Definition> similar = index.definitionsLike(name, most + 1);
        return similar.isEmpty()
                ? "Nothing here is called `%s` or like it. It may come from a library; grep finds where it is used."
                        .formatted(name)
                : "Nothing is called `%s`; these names hold it:\n".formatted(name) + lines(similar, most);
    }

    private static String lines(List<Definition> found, int most) {
        String lines = found.stream().limit(most).map(FindSymbolTool::line).collect(Collectors.joining("\n"));
        return found.size() > most
                ? lines + "\n[the first %d; there are more, narrow the name]".formatted(most)
                : lines;
    }

    private static String line(Definition found) {
        return "%s:%d-%d %s %s: %s"
                .formatted(
                        found.path(),
                        found.symbol().first(),
                        found.symbol().last(),
                        found.symbol().kind().word(),
                        found.qualifiedName(),
                        found.symbol().signature());
    }
}
