package dev.fettle.tools.files;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.fettle.core.permission.Permission;
import dev.fettle.core.tool.Describe;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.tool.RecordTool;
import dev.fettle.core.tool.ToolContext;
import dev.fettle.core.tool.ToolException;
import dev.fettle.core.tool.ToolOutput;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.tools.text.LfView;
import dev.fettle.tools.text.NearMiss;
import dev.fettle.tools.text.Sha256;
import dev.fettle.tools.text.TextFile;
import dev.fettle.tools.text.UnifiedDiff;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Replaces parts of a file, found by their exact text. A file need not have been read: who knows its text exactly
/// knows the file.
public final class EditTool implements RecordTool<EditTool.Arguments> {
    private static final int MOST_PLACES = 10;

    /// One replacement.
    public record Edit(
            @Describe("exact text in the file, found once") String old,

            @JsonProperty("new") @Describe("what to put there")
            String fresh,

            @Describe("replace every occurrence") Optional<Boolean> all) {}

    /// What the model sends.
    public record Arguments(
            String path,

            @Describe("applied in this order, all of them or none")
            List<Edit> edits) {}

    @Override
    public String name() {
        return "edit";
    }

    @Override
    public String description() {
        return "Replaces exact text in a file.";
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

    /// What an edit finds was in the file, and stays there.
    @Override
    public boolean putsBack(Arguments arguments, String text) {
        return arguments.edits().stream()
                .allMatch(edit -> !edit.fresh().contains(text) || edit.old().contains(text));
    }

    @Override
    public ToolOutput run(Arguments arguments, ToolContext context) throws InterruptedException {
        if (arguments.edits().isEmpty()) {
            throw new ToolException("`edits` is empty. Give at least one edit.");
        }
        FilePath path = context.workspace().locate(arguments.path());
        StoredFile stored = StoredFile.existing(context.workspace(), path);
        stored.refuseIfChanged(context);
        TextFile before = stored.text();
        String lineEnd = before.lineEnd();
        String text = before.text();
        for (int i = 0; i < arguments.edits().size(); i++) {
            String which = arguments.edits().size() == 1 ? "" : "Edit %d: ".formatted(i + 1);
            text = apply(arguments.edits().get(i), which, text, path, lineEnd);
        }
        StoredFile after = StoredFile.of(path, before.withText(text));
        after.put(context.workspace(), Optional.of(stored));
        UnifiedDiff diff = UnifiedDiff.between(before.text(), text);
        return ToolOutput.of("Edited %s (%s)\n%s"
                        .formatted(path, diff.summary(), diff.hunks())
                        .strip())
                .withSeen(path.value(), Sha256.of(after.content()));
    }

    private static String apply(Edit edit, String which, String text, FilePath path, String lineEnd) {
        String old = LfView.toLf(edit.old());
        String fresh = LfView.toLf(edit.fresh());
        if (old.isEmpty()) {
            throw refusal(which, "`old` is empty. Give the text to replace, or use write for a new file.");
        }
        if (old.equals(fresh)) {
            throw refusal(which, "the old text and the new one are the same. There is nothing to change.");
        }
        LfView view = new LfView(text);
        List<Integer> places = view.find(old);
        if (places.isEmpty()) {
            throw refusal(which, "that text is not in %s. %s".formatted(path, NearMiss.describe(view.text(), old)));
        }
        if (places.size() > 1 && !edit.all().orElse(false)) {
            throw refusal(which, severalTimes(view, places, path));
        }
        return view.replace(places, old.length(), fresh.replace("\n", lineEnd));
    }

    private static String severalTimes(LfView view, List<Integer> places, FilePath path) {
        String lines = places.stream()
                .limit(MOST_PLACES)
                .map(place -> String.valueOf(view.lineOf(place)))
                .collect(Collectors.joining(", "));
        return "that text is in %s %d times, at lines %s%s. Add lines around it so that it is found once, or set `all`."
                .formatted(path, places.size(), lines, places.size() > MOST_PLACES ? ", …" : "");
    }

    private static ToolException refusal(String which, String reason) {
        String words = which + reason;
        return new ToolException("%s%s Nothing was changed."
                .formatted(words.substring(0, 1).toUpperCase(Locale.ROOT), words.substring(1)));
    }
}
