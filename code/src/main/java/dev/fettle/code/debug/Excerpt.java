package dev.fettle.code.debug;

import dev.fettle.code.fault.Suspect;
import dev.fettle.code.project.ProjectFiles;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Workspace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;

/// Lines of a file around suspicious ones.
///
/// @param first the number of the first line
/// @param suspects numbers of the suspicious ones
public record Excerpt(String path, int first, List<String> lines, List<Integer> suspects) {
    private static final int AROUND = 3;
    private static final int MOST_SUSPECTS = 6;
    private static final int MOST_LINES = 30;
    private static final int WIDEST = 160;

    public Excerpt {
        lines = List.copyOf(lines);
        suspects = List.copyOf(suspects);
    }

    /// The code around the first suspects, one excerpt for those that are near each other.
    static List<Excerpt> around(List<Suspect> suspects, Workspace workspace) {
        SequencedMap<String, TreeSet<Integer>> byFile = new LinkedHashMap<>();
        suspects.stream()
                .limit(MOST_SUSPECTS)
                .forEach(each -> byFile.computeIfAbsent(each.path(), _ -> new TreeSet<>())
                        .add(each.line()));
        List<Excerpt> excerpts = new ArrayList<>();
        for (Map.Entry<String, TreeSet<Integer>> file : byFile.entrySet()) {
            List<String> lines = new ProjectFiles(workspace, FilePath.ROOT)
                    .text(file.getKey())
                    .lines()
                    .toList();
            List<Integer> near = new ArrayList<>();
            for (int line : file.getValue()) {
                if (!near.isEmpty() && line - near.getLast() > 2 * AROUND) {
                    excerpts.addAll(of(file.getKey(), lines, near));
                    near.clear();
                }
                near.add(line);
            }
            excerpts.addAll(of(file.getKey(), lines, near));
        }
        return excerpts;
    }

    private static List<Excerpt> of(String path, List<String> lines, List<Integer> suspects) {
        int from = Math.max(1, suspects.getFirst() - AROUND);
        int to = Math.min(Math.min(lines.size(), suspects.getLast() + AROUND), from + MOST_LINES);
        return from > to
                ? List.of()
                : List.of(new Excerpt(
                        path,
                        from,
                        lines.subList(from - 1, to).stream()
                                .map(Excerpt::bounded)
                                .toList(),
                        suspects));
    }

    private static String bounded(String line) {
        return line.length() <= WIDEST ? line : line.substring(0, WIDEST) + "…";
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(path).append('\n');
        for (int i = 0; i < lines.size(); i++) {
            int number = first + i;
            text.append("%s%5d  %s"
                            .formatted(suspects.contains(number) ? ">" : " ", number, lines.get(i))
                            .stripTrailing())
                    .append('\n');
        }
        return text.toString().stripTrailing();
    }
}
