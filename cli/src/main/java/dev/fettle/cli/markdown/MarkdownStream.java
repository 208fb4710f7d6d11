package dev.fettle.cli.markdown;

import dev.fettle.cli.text.Printable;
import dev.fettle.cli.text.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/// Sets Markdown while it arrives, in pieces of any size.
///
/// A terminal cannot take back what has scrolled away, so a line is only given out when nothing that may
/// follow can change it, and then for good. Where such a cut is safe, two readers know: `BlockReader` for
/// lines, since what block a line belongs to is known when it is complete, mostly when it begins; `Paragraph`
/// within a block of text. Code comes line by line, text as soon as a line of the screen is full; only tables
/// wait for their end, because their columns are as wide as the widest cell.
///
/// All cuts depend on the text alone: however it is parted into pieces, the same lines come out.
///
/// Code is not wrapped. The terminal folds a line that is too long, and then copies it as one.
public final class MarkdownStream {
    private static final int TAB = 4;
    /// A line that is not known by then is read when it is complete.
    private static final int MOST_LOOKED_AT = 400;

    private final Page page;
    private final BlockReader blocks;
    private final StringBuilder line = new StringBuilder();
    private boolean isBegun;

    /// Begins a text.
    ///
    /// @param width columns of the terminal, asked for whenever a line is set
    /// @param lines takes each finished line, without its end; none of them changes afterwards
    public MarkdownStream(IntSupplier width, Style style, Consumer<String> lines) {
        this.page = new Page(width, style, lines);
        this.blocks = new BlockReader(page);
    }

    /// Takes the next piece. Control characters are left out.
    public void accept(String piece) {
        String text = Printable.of(piece);
        int at = 0;
        for (int end; (end = text.indexOf('\n', at)) >= 0; at = end + 1) {
            take(text.substring(at, end));
            endLine();
        }
        take(text.substring(at));
    }

    private void take(String text) {
        if (isBegun) {
            blocks.more(text);
            return;
        }
        line.append(text);
        if (line.length() >= LineStart.SEARCHED && line.length() <= MOST_LOOKED_AT && blocks.begin(untabbed(line))) {
            isBegun = true;
            line.setLength(0);
        }
    }

    private void endLine() {
        if (!isBegun) {
            blocks.line(untabbed(line));
        }
        isBegun = false;
        line.setLength(0);
    }

    /// What has arrived but is not set, as far as its looks are known: for a caller that shows it until the next call.
    public List<String> unfinished() {
        List<String> all = new ArrayList<>(page.unfinished());
        blocks.waiting().forEach(all::add);
        if (!line.isEmpty()) {
            all.add(untabbed(line));
        }
        return all;
    }

    /// Gives out what is left. Another text may follow.
    public void finish() {
        if (!line.isEmpty() || isBegun) {
            endLine();
        }
        blocks.finish();
    }

    private static String untabbed(CharSequence line) {
        String text = line.toString();
        if (text.indexOf('\t') < 0) {
            return text;
        }
        StringBuilder spaced = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            spaced.append(c == '\t' ? " ".repeat(TAB - spaced.length() % TAB) : String.valueOf(c));
        }
        return spaced.toString();
    }
}
