package dev.fettle.code.fault;

import dev.fettle.code.runner.TestCommand;
import dev.fettle.core.workspace.Shell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Lines that were changed lately, as git tells. What worked before was mostly broken by the last change.
public final class RecentLines {
    public static final RecentLines NONE = new RecentLines();

    private static final int MOST_COMMITS = 20;
    private static final int MOST_FILES = 12;
    private static final double OLDER = 0.85;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern COMMIT = Pattern.compile("^@commit (?<id>[0-9a-f]{40,64}) (?<title>.*)$");
    private static final Pattern RANGE =
            Pattern.compile("^(?<id>[0-9a-f]{40,64}) \\d{1,9} (?<line>\\d{1,9}) (?<count>\\d{1,9})$");
    private static final int MOST_LINES = 200_000;

    private final Map<String, Map<Integer, Change>> changes = new HashMap<>();

    /// The last change of a line.
    ///
    /// @param weight from 1 for what is not committed yet, down to 0
    public record Change(double weight, String words) {}

    private RecentLines() {}

    /// Asks git about files; where there is no repository, nothing is recent.
    public static RecentLines in(Collection<String> files, Shell shell) throws InterruptedException {
        if (files.isEmpty()) {
            return NONE;
        }
        StringBuilder printed = new StringBuilder();
        shell.run(new Shell.Command(script(files), PATIENCE), printed::append);
        return parse(printed.toString());
    }

    private static String script(Collection<String> files) {
        return """
                git rev-parse --is-inside-work-tree >/dev/null 2>&1 || exit 0
                git log -n %d --format='@commit %%H %%s'
                for file in %s; do
                  printf '@file %%s\\n' "$file"
                  git blame --incremental -- "$file" 2>/dev/null | grep -E '^[0-9a-f]{40,64} [0-9]'
                done
                """.formatted(
                        MOST_COMMITS,
                        files.stream().limit(MOST_FILES).map(TestCommand::word).collect(Collectors.joining(" ")));
    }

    static RecentLines parse(String text) {
        RecentLines recent = new RecentLines();
        List<String> commits = new ArrayList<>();
        Map<String, String> titles = new HashMap<>();
        String file = "";
        for (String line : (Iterable<String>) text.lines()::iterator) {
            Matcher commit = COMMIT.matcher(line);
            Matcher range = RANGE.matcher(line);
            if (commit.matches()) {
                commits.add(commit.group("id"));
                titles.put(commit.group("id"), commit.group("title"));
            } else if (line.startsWith("@file ")) {
                file = line.substring(6);
            } else if (range.matches()) {
                String id = range.group("id");
                int age = commits.indexOf(id);
                if (id.matches("0+")) {
                    recent.add(file, range, new Change(1, "changed and not committed"));
                } else if (age >= 0 && commits.size() > 1) {
                    recent.add(
                            file,
                            range,
                            new Change(
                                    0.8 * Math.pow(OLDER, age),
                                    "changed %s: %s".formatted(ago(age), titles.getOrDefault(id, ""))));
                }
            }
        }
        return recent;
    }

    private static String ago(int commits) {
        return commits == 0
                ? "by the last commit"
                : "%d commit%s before the last".formatted(commits, commits == 1 ? "" : "s");
    }

    private void add(String file, Matcher range, Change change) {
        int first = Integer.parseInt(range.group("line"));
        int count = Math.min(Integer.parseInt(range.group("count")), MOST_LINES);
        for (int line = first; line < first + count; line++) {
            changes.computeIfAbsent(file, _ -> new TreeMap<>()).put(line, change);
        }
    }

    Optional<Change> change(String file, int line) {
        return Optional.ofNullable(changes.getOrDefault(file, Map.of()).get(line));
    }

    /// The lines of a file that are not committed.
    List<Integer> uncommitted(String file) {
        return changes.getOrDefault(file, Map.of()).entrySet().stream()
                .filter(each -> each.getValue().weight() == 1)
                .map(Map.Entry::getKey)
                .toList();
    }
}
