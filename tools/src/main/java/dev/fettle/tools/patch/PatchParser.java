package dev.fettle.tools.patch;

import dev.fettle.core.tool.ToolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the patch format that OpenAI's models write (openai/codex, `apply_patch_tool_instructions.md`). What is
/// around the envelope, such as a code fence, is left out.
final class PatchParser {
    private static final String BEGIN = "*** Begin Patch";
    private static final String END = "*** End Patch";
    private static final String ADD = "*** Add File: ";
    private static final String DELETE = "*** Delete File: ";
    private static final String UPDATE = "*** Update File: ";
    private static final String MOVE = "*** Move to: ";
    private static final String END_OF_FILE = "*** End of File";

    private final List<String> lines;
    private int at;

    private PatchParser(List<String> lines) {
        this.lines = lines;
    }

    /// The changes in the order they are written.
    ///
    /// @throws ToolException naming the line that is wrong
    static List<FileChange> parse(String patch) {
        List<String> lines = List.of(patch.replace("\r\n", "\n").split("\n", -1));
        PatchParser parser = new PatchParser(lines);
        List<FileChange> changes = parser.changes();
        if (changes.isEmpty()) {
            throw new ToolException("The patch changes no file. Put `%s<path>` and its hunks between `%s` and `%s`."
                    .formatted(UPDATE, BEGIN, END));
        }
        return changes;
    }

    private List<FileChange> changes() {
        while (at < lines.size() && !lines.get(at).strip().equals(BEGIN)) {
            at++;
        }
        if (at == lines.size()) {
            throw new ToolException("The patch does not begin: there is no line `%s`.".formatted(BEGIN));
        }
        at++;
        List<FileChange> changes = new ArrayList<>();
        while (!isAt(END)) {
            if (at == lines.size()) {
                throw new ToolException(
                        "The patch does not end: there is no line `%s`. Was it cut off?".formatted(END));
            }
            if (lines.get(at).isBlank()) {
                at++;
            } else {
                changes.add(change());
            }
        }
        return changes;
    }

    private FileChange change() {
        Optional<String> added = take(ADD);
        if (added.isPresent()) {
            return new FileChange.Add(added.get(), addedLines());
        }
        Optional<String> deleted = take(DELETE);
        if (deleted.isPresent()) {
            return new FileChange.Delete(deleted.get());
        }
        Optional<String> updated = take(UPDATE);
        if (updated.isPresent()) {
            Optional<String> newPath = take(MOVE);
            return new FileChange.Update(updated.get(), newPath, hunks(updated.get(), newPath.isPresent()));
        }
        throw wrong("expected `%s`, `%s` or `%s` and a path".formatted(ADD.strip(), UPDATE.strip(), DELETE.strip()));
    }

    private List<String> addedLines() {
        List<String> added = new ArrayList<>();
        while (at < lines.size() && !isSection()) {
            String line = lines.get(at);
            if (line.startsWith("+")) {
                added.add(line.substring(1));
            } else if (!line.isBlank()) {
                throw wrong("every line of a new file begins with `+`");
            }
            at++;
        }
        return added;
    }

    private List<FileChange.Hunk> hunks(String path, boolean isMoved) {
        List<FileChange.Hunk> hunks = new ArrayList<>();
        while (at < lines.size() && !isSection()) {
            if (lines.get(at).isBlank() && isBeforeSection()) {
                at++;
            } else {
                hunks.add(hunk());
            }
        }
        if (hunks.isEmpty() && !isMoved) {
            throw wrong("the update of %s has no hunk; write `@@` and lines that begin with a space, `-` or `+`"
                    .formatted(path));
        }
        return hunks;
    }

    private FileChange.Hunk hunk() {
        int begin = at;
        List<String> headers = new ArrayList<>();
        while (at < lines.size() && lines.get(at).startsWith("@@")) {
            String header = lines.get(at).substring(2);
            // Models of other schools write unified diff headers: those numbers say nothing here.
            header = header.replaceFirst("^ -\\d+(,\\d+)? \\+\\d+(,\\d+)? @@", "")
                    .replaceFirst("^ ", "");
            if (!header.isBlank()) {
                headers.add(header);
            }
            at++;
        }
        List<FileChange.Line> body = new ArrayList<>();
        while (at < lines.size() && !lines.get(at).startsWith("@@") && !isSection()) {
            if (lines.get(at).isEmpty() && isBeforeSection()) {
                break;
            }
            body.add(line());
        }
        boolean isAtEnd = isAt(END_OF_FILE);
        at += isAtEnd ? 1 : 0;
        if (body.isEmpty()) {
            at = begin;
            throw wrong("this hunk has no lines; begin each with a space, `-` or `+`");
        }
        return new FileChange.Hunk(headers, body, isAtEnd);
    }

    private FileChange.Line line() {
        String line = lines.get(at++);
        if (line.isEmpty()) {
            return new FileChange.Line(FileChange.Line.Kind.CONTEXT, "");
        }
        String text = line.substring(1);
        return switch (line.charAt(0)) {
            case ' ' -> new FileChange.Line(FileChange.Line.Kind.CONTEXT, text);
            case '-' -> new FileChange.Line(FileChange.Line.Kind.REMOVED, text);
            case '+' -> new FileChange.Line(FileChange.Line.Kind.ADDED, text);
            default -> {
                at--;
                throw wrong("a line of a hunk begins with a space, `-` or `+`");
            }
        };
    }

    private boolean isSection() {
        return lines.get(at).startsWith("*** ");
    }

    /// Whether only blank lines are left of this section.
    private boolean isBeforeSection() {
        int next = at;
        while (next < lines.size() && lines.get(next).isBlank()) {
            next++;
        }
        return next == lines.size() || lines.get(next).startsWith("*** ");
    }

    private boolean isAt(String marker) {
        return at < lines.size() && lines.get(at).strip().equals(marker);
    }

    private Optional<String> take(String marker) {
        if (at == lines.size() || !lines.get(at).startsWith(marker)) {
            return Optional.empty();
        }
        String path = lines.get(at).substring(marker.length()).strip();
        if (path.isEmpty()) {
            throw wrong("the path is missing");
        }
        at++;
        return Optional.of(path);
    }

    private ToolException wrong(String reason) {
        String line = at < lines.size() ? lines.get(at) : "";
        return new ToolException("The patch is malformed at its line %d, `%s`: %s. Nothing was changed."
                .formatted(at + 1, line, reason));
    }
}
