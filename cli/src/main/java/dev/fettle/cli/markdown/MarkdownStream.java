package dev.fettle.cli.markdown;

import dev.fettle.cli.text.Printable;
import dev.fettle.cli.text.Style;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/// Sets Markdown while it arrives, in pieces of any size.
public final class MarkdownStream {
    private final Consumer<String> lines;
    private final StringBuilder unfinished = new StringBuilder();

    /// Begins a text.
    ///
    /// @param width columns of the terminal, asked for whenever a line is set
    /// @param lines takes each finished line, without its end; none of them changes afterwards
    public MarkdownStream(IntSupplier width, Style style, Consumer<String> lines) {
        this.lines = lines;
    }

    public void accept(String piece) {
        unfinished.append(Printable.of(piece));
        int end;
        while ((end = unfinished.indexOf("\n")) >= 0) {
            lines.accept(unfinished.substring(0, end));
            unfinished.delete(0, end + 1);
        }
    }

    /// What has arrived but may still change its looks, for a caller that shows it until the next call.
    public List<String> unfinished() {
        return unfinished.isEmpty() ? List.of() : List.of(unfinished.toString());
    }

    /// Gives away what is left. A new text may follow.
    public void finish() {
        if (!unfinished.isEmpty()) {
            lines.accept(unfinished.toString());
            unfinished.setLength(0);
        }
    }
}
