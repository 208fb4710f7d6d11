package dev.fettle.cli.markdown;

import dev.fettle.cli.text.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// Fills lines with words, as they come. Between ideographs a line may end anywhere but before a closing mark; a word
/// that is wider than a line is cut, unless it is an address: the terminal folds that, and it can still be clicked.
final class TextFlow {
    /// Marks that never begin a line (JIS X 4051, the common ones).
    private static final String CLOSING = "、。，．）」』】〉》！？：；ー";

    private static final int LONGEST_RUN = 512;

    private final IntSupplier width;
    private final Consumer<List<Run>> lines;
    private final boolean isStrict;
    private List<Run> line = new ArrayList<>();
    private int lineWidth;
    private List<Run> word = new ArrayList<>();
    private int wordWidth;
    private boolean endsWide;
    private @Nullable Run space;

    /// A flow whose lines may be longer than their width for the sake of an address.
    TextFlow(IntSupplier width, Consumer<List<Run>> lines) {
        this(width, lines, false);
    }

    TextFlow(IntSupplier width, Consumer<List<Run>> lines, boolean isStrict) {
        this.width = width;
        this.isStrict = isStrict;
        this.lines = lines;
    }

    void add(Run run) {
        String text = run.text();
        for (int at = 0; at < text.length(); ) {
            int end = simpleEnd(text, at);
            if (isSpace(text.charAt(at))) {
                endWord();
                space = run.withText(" ");
                at++;
            } else if (end > at) {
                push(run.withText(text.substring(at, end)), end - at, false);
                at = end;
            } else {
                end = Columns.clusterEnd(text, at);
                push(run.withText(text.substring(at, end)), Columns.ofCluster(text, at), true);
                at = end;
            }
        }
    }

    /// Where what takes a column for each character ends; what follows may be a mark upon the last one.
    private static int simpleEnd(String text, int at) {
        int end = at;
        while (end < text.length() && text.charAt(end) < 0x300 && !isSpace(text.charAt(end))) {
            end++;
        }
        return end < text.length() && end > at && !isSpace(text.charAt(end)) ? end - 1 : end;
    }

    /// Ends the line, whether it is full or not.
    void newLine() {
        endWord();
        flush();
    }

    /// Gives away what is left.
    void finish() {
        endWord();
        if (!line.isEmpty()) {
            flush();
        }
    }

    /// The line that is not full yet.
    List<Run> begun() {
        List<Run> all = new ArrayList<>(line);
        if (space != null && !line.isEmpty()) {
            append(all, space);
        }
        word.forEach(each -> append(all, each));
        return all;
    }

    private void push(Run piece, int columns, boolean isCluster) {
        boolean isWide = isCluster && columns == 2;
        int first = piece.text().codePointAt(0);
        if (isWide ? CLOSING.indexOf(first) < 0 : endsWide && Character.isLetterOrDigit(first)) {
            endWord();
        }
        endsWide = isWide;
        append(word, piece);
        wordWidth += columns;
    }

    private void endWord() {
        if (word.isEmpty()) {
            return;
        }
        int gap = space != null && !line.isEmpty() ? 1 : 0;
        if (!line.isEmpty() && lineWidth + gap + wordWidth > width.getAsInt()) {
            flush();
            gap = 0;
        }
        if (gap == 1 && space != null) {
            append(line, space);
        }
        space = null;
        if (wordWidth > width.getAsInt() && (isStrict || !isAddress())) {
            cut();
        } else {
            word.forEach(each -> append(line, each));
            lineWidth += gap + wordWidth;
        }
        word = new ArrayList<>();
        wordWidth = 0;
        endsWide = false;
    }

    private boolean isAddress() {
        return word.stream().anyMatch(each -> each.text().contains("://"));
    }

    private void cut() {
        for (Run run : word) {
            String text = run.text();
            int begin = 0;
            for (int at = 0; at < text.length(); ) {
                int columns = Columns.ofCluster(text, at);
                if (lineWidth + columns > width.getAsInt() && lineWidth > 0) {
                    append(line, run.withText(text.substring(begin, at)));
                    flush();
                    begin = at;
                }
                lineWidth += columns;
                at = Columns.clusterEnd(text, at);
            }
            append(line, run.withText(text.substring(begin)));
        }
    }

    private void flush() {
        lines.accept(line);
        line = new ArrayList<>();
        lineWidth = 0;
        space = null;
    }

    private static void append(List<Run> runs, Run run) {
        if (run.text().isEmpty()) {
            return;
        }
        // A short one, so that what never ends does not take the square of its length.
        if (!runs.isEmpty()
                && runs.getLast().looksLike(run)
                && runs.getLast().text().length() < LONGEST_RUN) {
            runs.add(run.withText(runs.removeLast().text() + run.text()));
        } else {
            runs.add(run);
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n';
    }
}
