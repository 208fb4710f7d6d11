package dev.fettle.code.search;

import dev.fettle.code.index.CodeIndex;
import dev.fettle.code.index.IndexDirectory;
import dev.fettle.code.index.IndexException;
import dev.fettle.code.index.Progress;
import dev.fettle.core.tool.ToolContext;
import dev.fettle.core.tool.ToolException;
import dev.fettle.core.tool.ToolOutput;
import java.util.function.Function;

/// Looks names up for a model in the index of its workspace.
record Lookup(IndexDirectory indexes) {

    ToolOutput answer(ToolContext context, String name, Function<CodeIndex, String> question)
            throws InterruptedException {
        if (name.isBlank()) {
            throw new ToolException("`name` is empty. Say what to look for, or use glob to see what files there are.");
        }
        try (CodeIndex index = indexes.open(context.workspace(), Progress.saying(context.live()))) {
            return ToolOutput.of(question.apply(index));
        } catch (IndexException e) {
            throw new ToolException(e.getMessage() + " Use grep instead.");
        }
    }
}
