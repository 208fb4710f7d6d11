package dev.fettle.tools;

import dev.fettle.core.todo.TodoTool;
import dev.fettle.core.tool.Tool;
import dev.fettle.tools.files.EditTool;
import dev.fettle.tools.files.ReadTool;
import dev.fettle.tools.files.WriteTool;
import dev.fettle.tools.patch.ApplyPatchTool;
import dev.fettle.tools.search.GlobTool;
import dev.fettle.tools.search.GrepTool;
import dev.fettle.tools.search.LsTool;
import dev.fettle.tools.shell.BashTool;
import java.util.List;

/// The tools Fettle brings along.
public final class BuiltinTools {
    private BuiltinTools() {}

    /// In the order they are presented to a model.
    public static List<Tool> all() {
        return List.of(
                new ReadTool(),
                new LsTool(),
                new GlobTool(),
                new GrepTool(),
                new EditTool(),
                new ApplyPatchTool(),
                new WriteTool(),
                new BashTool(),
                new TodoTool());
    }
}
