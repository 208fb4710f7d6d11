package dev.fettle.tools.search;

import dev.fettle.core.permission.Permission;
import dev.fettle.core.tool.Describe;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.tool.RecordTool;
import dev.fettle.core.tool.ToolContext;
import dev.fettle.core.tool.ToolOutput;
import dev.fettle.core.workspace.FilePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds files by name.
public final class GlobTool implements RecordTool<GlobTool.Arguments> {
    private static final int MOST = 200;

    /// What the model sends.
    public record Arguments(
            @Describe("such as *.java (any directory) or src/**/*Test.{java,kt}")
            String pattern,

            @Describe("directory to search, default the root")
            Optional<String> path) {}

    @Override
    public String name() {
        return "glob";
    }

    @Override
    public String description() {
        return "Finds files by name pattern, sorted by path. Leaves out what git ignores.";
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
        return List.of(new Permission.Read(arguments.path().orElse(".")));
    }

    @Override
    public ToolOutput run(Arguments arguments, ToolContext context) throws InterruptedException {
        Glob glob = Glob.parse(arguments.pattern());
        FilePath start = SearchPlace.directory(context.workspace(), arguments.path());
        List<String> found = new ArrayList<>();
        int[] count = {0};
        new Tree(context.workspace()).walk(start, file -> {
            if (glob.matches(SearchPlace.relative(start, file.path())) && ++count[0] <= MOST) {
                found.add(file.path().value());
            }
            return true;
        });
        if (found.isEmpty()) {
            return ToolOutput.of("No file matches `%s` below %s. Files that git ignores are left out; ls shows them."
                    .formatted(arguments.pattern(), start));
        }
        if (count[0] > MOST) {
            found.add("[the first %d of %,d files; narrow the pattern or give a path]".formatted(MOST, count[0]));
        }
        return ToolOutput.of(String.join("\n", found));
    }
}
