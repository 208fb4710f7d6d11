package dev.fettle.code.repair;

import dev.fettle.code.repair.operator.FaultClass;
import dev.fettle.core.workspace.Workspace;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A change of one file.
///
/// @param fault what kind of fault it takes back
public record Patch(String path, FaultClass fault, String before, String after) {
    private static final int CONTEXT = 3;

    /// Puts it into a workspace.
    public void applyTo(Workspace workspace) {
        workspace.write(workspace.locate(path), after.getBytes(StandardCharsets.UTF_8));
    }

    /// As a unified diff, of one hunk.
    public String diff() {
        List<String> old = before.lines().toList();
        List<String> changed = after.lines().toList();
        int shorter = Math.min(old.size(), changed.size());
        int same = 0;
        while (same < shorter && old.get(same).equals(changed.get(same))) {
            same++;
        }
        int end = 0;
        while (end < shorter - same && old.get(old.size() - 1 - end).equals(changed.get(changed.size() - 1 - end))) {
            end++;
        }
        int first = Math.max(0, same - CONTEXT);
        int last = Math.min(end, CONTEXT);
        StringBuilder diff = new StringBuilder("--- a/%s\n+++ b/%s\n@@ -%d,%d +%d,%d @@\n"
                .formatted(
                        path,
                        path,
                        first + 1,
                        old.size() - end + last - first,
                        first + 1,
                        changed.size() - end + last - first));
        lines(diff, " ", old.subList(first, same));
        lines(diff, "-", old.subList(same, old.size() - end));
        lines(diff, "+", changed.subList(same, changed.size() - end));
        lines(diff, " ", old.subList(old.size() - end, old.size() - end + last));
        return diff.toString();
    }

    private static void lines(StringBuilder diff, String sign, List<String> lines) {
        lines.forEach(line -> diff.append(sign).append(line).append('\n'));
    }
}
