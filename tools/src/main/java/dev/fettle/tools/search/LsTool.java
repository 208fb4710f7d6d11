package dev.fettle.tools.search;

import dev.fettle.core.permission.Permission;
import dev.fettle.core.tool.Describe;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.tool.RecordTool;
import dev.fettle.core.tool.ToolContext;
import dev.fettle.core.tool.ToolOutput;
import dev.fettle.core.workspace.FileInfo;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.tools.text.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Lists one directory.
public final class LsTool implements RecordTool<LsTool.Arguments> {
    private static final int MOST = 500;

    /// What the model sends.
    public record Arguments(
            @Describe("directory, default the root") Optional<String> path) {}

    @Override
    public String name() {
        return "ls";
    }

    @Override
    public String description() {
        return "Lists one directory: directories end in /, files show their size in bytes, what git ignores is marked.";
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
        FilePath directory = SearchPlace.directory(context.workspace(), arguments.path());
        List<FileInfo> children = context.workspace().list(directory);
        if (children.isEmpty()) {
            return ToolOutput.of("[%s is empty]".formatted(directory));
        }
        Predicate<FileInfo> isHidden = Tree.hiddenIn(context.workspace(), directory);
        List<String> lines = new ArrayList<>();
        for (FileInfo child : children.subList(0, Math.min(children.size(), MOST))) {
            lines.add(line(child) + (isHidden.test(child) ? " (ignored)" : ""));
        }
        if (children.size() > MOST) {
            lines.add("[the first %d of %s entries; use glob to find the others]"
                    .formatted(MOST, Excerpt.count(children.size())));
        }
        return ToolOutput.of(String.join("\n", lines));
    }

    private static String line(FileInfo child) {
        String name = child.path().name().replace("\n", "\\n");
        return switch (child.kind()) {
            case DIRECTORY -> name + "/";
            case LINK -> name + " (link)";
            case OTHER -> name + " (pipe, socket or device)";
            case FILE -> name + " " + child.size();
        };
    }
}
