package dev.fettle.tools.search;

import dev.fettle.core.workspace.FileInfo;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.core.workspace.WorkspaceException;
import dev.fettle.tools.text.Excerpt;
import dev.fettle.tools.text.TextFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// One search under way: what was found, and what had to be left out.
final class GrepRun {
    private static final long LARGEST_FILE = 8L * 1024 * 1024;
    private static final int MOST_CHARACTERS = 30_000;
    private static final int LONGEST_LINE = 300;
    private static final int MOST_NAMED = 5;
    /// After so many lines on which the pattern takes for ever, it will on the others.
    private static final int MOST_BROKEN_OFF = 3;

    private final Workspace workspace;
    private final LinePattern pattern;
    private final int context;
    private final int most;

    private final StringBuilder shown = new StringBuilder();
    private final List<String> tooLarge = new ArrayList<>();
    private final List<String> brokenOff = new ArrayList<>();
    private int files;
    private int unreadable;
    private int matches;
    private boolean isCut;

    GrepRun(Workspace workspace, LinePattern pattern, int context, int most) {
        this.workspace = workspace;
        this.pattern = pattern;
        this.context = context;
        this.most = most;
    }

    /// Looks through one file and says whether to go on.
    boolean search(FileInfo file) {
        if (file.size() > LARGEST_FILE) {
            tooLarge.add(file.path().value());
            return true;
        }
        byte[] content;
        try (InputStream in = workspace.open(file.path())) {
            content = in.readNBytes((int) LARGEST_FILE);
        } catch (IOException | WorkspaceException e) {
            unreadable++;
            return true;
        }
        files++;
        if (TextFile.isBinary(content)) {
            return true;
        }
        return lines(
                file.path().value(), TextFile.decode(content).text().lines().toList());
    }

    private boolean lines(String path, List<String> lines) {
        int shownTo = 0;
        int contextTo = 0;
        for (int i = 0; i < lines.size(); i++) {
            int at = find(path, i, lines.get(i));
            if (mustStop()) {
                return false;
            }
            if (at < 0 && i < contextTo) {
                show(path, i, '-', around(lines.get(i), 0));
                shownTo = i + 1;
            } else if (at >= 0) {
                if (matches == most || shown.length() > MOST_CHARACTERS) {
                    isCut = true;
                    return false;
                }
                matches++;
                before(path, lines, Math.max(shownTo, i - context), i, shownTo);
                show(path, i, ':', around(lines.get(i), at));
                shownTo = i + 1;
                contextTo = shownTo + context;
            }
        }
        return true;
    }

    private void before(String path, List<String> lines, int from, int to, int shownTo) {
        if (context > 0 && !shown.isEmpty() && (from > shownTo || shownTo == 0)) {
            shown.append("--\n");
        }
        for (int i = from; i < to; i++) {
            show(path, i, '-', around(lines.get(i), 0));
        }
    }

    private boolean mustStop() {
        return Thread.currentThread().isInterrupted() || brokenOff.size() >= MOST_BROKEN_OFF || pattern.isExhausted();
    }

    private int find(String path, int number, String line) {
        try {
            return pattern.find(line);
        } catch (PatientText.BrokenOff e) {
            brokenOff.add(path + ":" + (number + 1));
            return -1;
        }
    }

    private void show(String path, int number, char mark, String line) {
        shown.append(path)
                .append(mark)
                .append(number + 1)
                .append(mark)
                .append(' ')
                .append(line)
                .append('\n');
    }

    /// The part of a long line that the match is in.
    private static String around(String line, int at) {
        if (line.length() <= LONGEST_LINE) {
            return line;
        }
        int from = Math.max(0, Math.min(at - LONGEST_LINE / 3, line.length() - LONGEST_LINE));
        from = from > 0 && Character.isLowSurrogate(line.charAt(from)) ? from + 1 : from;
        return (from > 0 ? "…" : "") + Excerpt.of(line.substring(from), LONGEST_LINE);
    }

    String answer(String what) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        StringBuilder answer = new StringBuilder(shown);
        if (matches == 0) {
            answer.append("No match for %s (%s files searched).\n".formatted(what, Excerpt.count(files)));
        }
        if (isCut) {
            answer.append("[the first %d matches; there are more: narrow the pattern, or give a path or glob]\n"
                    .formatted(matches));
        }
        if (!tooLarge.isEmpty()) {
            answer.append("[not searched, over %d MB: %s; use bash]\n".formatted(LARGEST_FILE >> 20, named(tooLarge)));
        }
        if (unreadable > 0) {
            answer.append("[%d files could not be read]\n".formatted(unreadable));
        }
        if (!brokenOff.isEmpty()) {
            answer.append("[the pattern takes too long on %s; %s. Avoid nested repetition such as (a+)+]\n"
                    .formatted(
                            named(brokenOff),
                            brokenOff.size() >= MOST_BROKEN_OFF ? "the search was stopped" : "left out"));
        }
        if (pattern.isExhausted()) {
            answer.append("[stopped: there is too much to search; give a path or glob, or a simpler pattern]\n");
        }
        return answer.toString().stripTrailing();
    }

    private static String named(List<String> paths) {
        String names = String.join(", ", paths.subList(0, Math.min(paths.size(), MOST_NAMED)));
        return paths.size() > MOST_NAMED ? names + " and %d more".formatted(paths.size() - MOST_NAMED) : names;
    }
}
