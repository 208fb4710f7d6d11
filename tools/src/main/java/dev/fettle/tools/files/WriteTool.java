package dev.fettle.tools.files;

import dev.fettle.core.permission.Permission;
import dev.fettle.core.tool.Describe;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.tool.RecordTool;
import dev.fettle.core.tool.ToolContext;
import dev.fettle.core.tool.ToolException;
import dev.fettle.core.tool.ToolOutput;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.tools.text.Excerpt;
import dev.fettle.tools.text.Sha256;
import dev.fettle.tools.text.TextFile;
import dev.fettle.tools.text.UnifiedDiff;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Creates a file, or replaces one the model knows.
public final class WriteTool implements RecordTool<WriteTool.Arguments> {

    /// What the model sends.
    public record Arguments(
            String path, @Describe("the whole new content") String content) {}

    @Override
    public String name() {
        return "write";
    }

    @Override
    public String description() {
        return "Creates a file and its directories, or replaces a file you have read.";
    }

    @Override
    public Effect effect() {
        return Effect.KEYED;
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public List<Permission> permissions(Arguments arguments) {
        return List.of(new Permission.Write(arguments.path()));
    }

    @Override
    public ToolOutput run(Arguments arguments, ToolContext context) {
        Workspace workspace = context.workspace();
        FilePath path = workspace.locate(arguments.path());
        TextFile fresh = new TextFile(arguments.content(), StandardCharsets.UTF_8, false);
        StoredFile file = StoredFile.of(path, fresh);
        byte[] content = file.content();
        Optional<StoredFile> old = StoredFile.at(workspace, path);
        if (old.isPresent()) {
            refuseIfUnseen(old.get(), content, context);
            old.get().refuseIfChanged(context);
        }
        file.put(workspace, old);
        return ToolOutput.of(old.map(before -> replaced(before, fresh))
                        .orElseGet(() -> "Created %s (%s)".formatted(path, size(content, fresh))))
                .withSeen(path.value(), Sha256.of(content));
    }

    /// An empty file holds nothing that could be lost, and the same content changes nothing.
    private static void refuseIfUnseen(StoredFile old, byte[] content, ToolContext context) {
        boolean isHarmless =
                old.content().length == 0 || Sha256.of(old.content()).equals(Sha256.of(content));
        if (!isHarmless && context.lastSeen(old.path()).isEmpty()) {
            throw new ToolException(
                    "Conflict: %s exists and you have not read it. Read it first, or use edit to change a part of it."
                            .formatted(old.path()));
        }
    }

    private static String replaced(StoredFile old, TextFile fresh) {
        byte[] content = fresh.encode(old.path().value());
        if (TextFile.isBinary(old.content())) {
            return "Replaced %s (%s)".formatted(old.path(), size(content, fresh));
        }
        UnifiedDiff diff = UnifiedDiff.between(TextFile.decode(old.content()).text(), fresh.text());
        return "Replaced %s (%s)\n%s"
                .formatted(old.path(), diff.summary(), diff.hunks())
                .strip();
    }

    private static String size(byte[] content, TextFile file) {
        return "%s lines, %s bytes"
                .formatted(Excerpt.count(file.text().lines().count()), Excerpt.count(content.length));
    }
}
