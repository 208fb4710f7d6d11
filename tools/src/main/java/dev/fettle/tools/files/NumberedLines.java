package dev.fettle.tools.files;

import dev.fettle.core.tool.ToolException;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.tools.text.Excerpt;
import dev.fettle.tools.text.TextFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// Reads the wanted lines of a file from a stream, in memory that does not depend on the file's size, and says what it
/// left out and how to see it.
final class NumberedLines {
    private static final int MOST_CHARACTERS = 50_000;
    private static final int LONGEST_LINE = 2000;

    private final FilePath path;
    private final LineRange range;
    private final StringBuilder shown = new StringBuilder();
    private final StringBuilder line = new StringBuilder();

    private int number = 1;
    private long lineLength;
    private int shownLines;
    private int firstLongLine;
    private boolean hasInvalid;

    private NumberedLines(FilePath path, LineRange range) {
        this.path = path;
        this.range = range;
    }

    /// The lines, and notes in brackets after them.
    ///
    /// @param start the first bytes, which say how the file is encoded
    /// @param in the file from its beginning, not empty
    static String read(FilePath path, LineRange range, byte[] start, InputStream in)
            throws IOException, InterruptedException {
        Charset charset = TextFile.markedCharset(start).orElse(StandardCharsets.UTF_8);
        return new NumberedLines(path, range).read(new InputStreamReader(in, charset));
    }

    private String read(Reader reader) throws IOException, InterruptedException {
        char[] buffer = new char[8192];
        boolean isMore = false;
        for (int count = reader.read(buffer); count >= 0 && !isMore; count = reader.read(buffer)) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            for (int i = 0; i < count && !isMore; i++) {
                isMore = accept(buffer[i]);
            }
        }
        if (!isMore && lineLength > 0) {
            endLine();
        }
        if (shownLines == 0) {
            throw new ToolException("%s has %d lines; there is no line %d.".formatted(path, number - 1, range.first()));
        }
        return shown + notes(isMore);
    }

    /// Whether this character is beyond what is shown.
    private boolean accept(char c) {
        if (shownLines == range.count() || shown.length() + line.length() > MOST_CHARACTERS) {
            return true;
        }
        if (c == '\n') {
            endLine();
        } else if (!(c == '\uFEFF' && number == 1 && lineLength == 0)) {
            if (number >= range.first() && lineLength < LONGEST_LINE) {
                line.append(c);
            }
            hasInvalid |= c == '\uFFFD';
            lineLength++;
        }
        return false;
    }

    private void endLine() {
        if (number >= range.first()) {
            if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
                line.setLength(line.length() - 1);
            }
            boolean isLong = lineLength > LONGEST_LINE;
            shown.append(Excerpt.numbered(number, line + (isLong ? "…" : ""))).append('\n');
            firstLongLine = isLong && firstLongLine == 0 ? number : firstLongLine;
            shownLines++;
        }
        line.setLength(0);
        lineLength = 0;
        number++;
    }

    private String notes(boolean isMore) {
        StringBuilder notes = new StringBuilder();
        if (isMore) {
            notes.append("[there is more; go on with offset %d]\n".formatted(range.first() + shownLines));
        }
        if (firstLongLine > 0) {
            notes.append("[lines over %d characters are cut; see line %d with: sed -n %dp %s | cut -c %d-]\n"
                    .formatted(LONGEST_LINE, firstLongLine, firstLongLine, path, LONGEST_LINE + 1));
        }
        if (hasInvalid) {
            notes.append("[not valid UTF-8: \uFFFD stands for what cannot be shown; leave it out when you edit]\n");
        }
        return notes.toString();
    }
}
