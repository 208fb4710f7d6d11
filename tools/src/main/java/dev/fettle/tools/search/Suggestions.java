package dev.fettle.tools.search;

import dev.fettle.core.text.Nearest;
import dev.fettle.core.tool.ToolException;
import dev.fettle.core.workspace.FileInfo;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What somebody may have meant who named a file that is not there.
public final class Suggestions {
    private static final int MOST_FILES = 20_000;
    private static final int MOST_SHOWN = 5;

    private Suggestions() {}

    /// The answer to a call that names a missing file.
    public static ToolException missing(Workspace workspace, FilePath file) throws InterruptedException {
        List<String> near = near(workspace, file);
        String remedy = near.isEmpty()
                ? "Use ls or glob to see what there is."
                : "Did you mean %s?".formatted(near.stream().collect(Collectors.joining("`, `", "`", "`")));
        return new ToolException("There is no `%s`. %s".formatted(file, remedy));
    }

    private static List<String> near(Workspace workspace, FilePath file) throws InterruptedException {
        List<String> near = new ArrayList<>();
        FilePath parent = file.parent();
        if (workspace.info(parent).filter(FileInfo::isDirectory).isPresent()) {
            List<String> siblings = workspace.list(parent).stream()
                    .map(info -> info.path().name())
                    .toList();
            Nearest.to(file.name(), siblings)
                    .ifPresent(name -> near.add(parent.resolve(name).value()));
        }
        int[] left = {MOST_FILES};
        new Tree(workspace).walk(FilePath.ROOT, info -> {
            String path = info.path().value();
            if (info.path().name().equalsIgnoreCase(file.name()) && !near.contains(path)) {
                near.add(path);
            }
            return near.size() < MOST_SHOWN && --left[0] > 0;
        });
        return near;
    }
}
