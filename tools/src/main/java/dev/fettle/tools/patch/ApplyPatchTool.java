package dev.fettle.tools.patch;

import dev.fettle.core.permission.Permission;
import dev.fettle.core.tool.Describe;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.tool.RecordTool;
import dev.fettle.core.tool.ToolContext;
import dev.fettle.core.tool.ToolOutput;
import dev.fettle.tools.text.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Changes several files at once, all of them or none.
public final class ApplyPatchTool implements RecordTool<ApplyPatchTool.Arguments> {
    private static final int MOST_CHARACTERS = 12_000;

    /// What the model sends.
    public record Arguments(
            @Describe("the patch, from Begin to End") String patch) {}

    @Override
    public String name() {
        return "apply_patch";
    }

    @Override
    public String description() {
        return """
                Changes files, all of them or none. Format:
                *** Begin Patch
                *** Add File: new.txt
                +each line of the new file
                *** Update File: src/a.py
                *** Move to: src/b.py (only to rename)
                @@ class A (optional: a line above the change, to find the place)
                 unchanged line
                -removed line
                +added line
                *** Delete File: old.txt
                *** End Patch
                Give about 3 unchanged lines around each change. `*** End of File` after a hunk means it is at the end.""";
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
        return PatchParser.parse(arguments.patch()).stream()
                .flatMap(ApplyPatchTool::paths)
                .distinct()
                .<Permission>map(Permission.Write::new)
                .toList();
    }

    private static Stream<String> paths(FileChange change) {
        return switch (change) {
            case FileChange.Add add -> Stream.of(add.path());
            case FileChange.Delete delete -> Stream.of(delete.path());
            case FileChange.Update update -> Stream.concat(Stream.of(update.path()), update.newPath().stream());
        };
    }

    /// What a hunk finds was in the file and stays there, unless the file gets another name.
    @Override
    public boolean putsBack(Arguments arguments, String text) {
        return PatchParser.parse(arguments.patch()).stream().allMatch(change -> putsBack(change, text));
    }

    private static boolean putsBack(FileChange change, String text) {
        return switch (change) {
            case FileChange.Add add -> add.lines().stream().noneMatch(line -> line.contains(text));
            case FileChange.Delete _ -> true;
            case FileChange.Update update ->
                update.hunks().stream()
                        .allMatch(hunk -> hunk.lines().stream()
                                        .noneMatch(line -> line.text().contains(text))
                                || (update.newPath().isEmpty()
                                        && hunk.before().stream().anyMatch(line -> line.contains(text))));
        };
    }

    @Override
    public ToolOutput run(Arguments arguments, ToolContext context) throws InterruptedException {
        PlannedPatch plan = PlannedPatch.of(PatchParser.parse(arguments.patch()), context);
        AllOrNothing.make(plan.steps(), context.workspace());
        return new ToolOutput(text(plan.report()), List.of(), plan.seen());
    }

    /// The diffs, and only the first lines of them once they become too long.
    private static String text(List<String> report) {
        List<String> shown = new ArrayList<>();
        int length = 0;
        for (String file : report) {
            String words = length + file.length() <= MOST_CHARACTERS
                    ? file
                    : file.lines().findFirst().orElse("") + (file.contains("\n") ? " [diff cut]" : "");
            shown.add(words);
            length += words.length();
        }
        return Excerpt.of(String.join("\n", shown), 2 * MOST_CHARACTERS);
    }
}
