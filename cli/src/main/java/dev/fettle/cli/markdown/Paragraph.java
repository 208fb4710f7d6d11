package dev.fettle.cli.markdown;

import dev.fettle.cli.text.Columns;
import dev.fettle.cli.text.Look;
import java.util.List;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;

/// A paragraph under way. What it begins with is set as soon as nothing that may follow can change its looks.
///
/// An emphasis, a piece of code or a link that has both its ends stays what it is; a mark without its other
/// half may yet get one. So everything before the first such mark is safe, up to a place where the text can
/// be parted in two that are parsed alone: before a letter and after a space, or between ideographs. It is
/// looked for again when the rest has grown by half, so that a mark that never gets its other half does not
/// take the square of the length.
final class Paragraph {
    private static final int LEAST = 48;
    private static final String MARKS = "*_`[]<~&\\";

    private final Inlines inlines;
    private final TextFlow flow;
    private final StringBuilder rest = new StringBuilder();
    private int nextTry = LEAST;

    Paragraph(Inlines inlines, TextFlow flow) {
        this.inlines = inlines;
        this.flow = flow;
    }

    void add(String text) {
        rest.append(text);
        if (rest.length() >= nextTry) {
            release();
            nextTry = Math.max(LEAST, rest.length() * 3 / 2);
        }
    }

    /// What has not been set.
    String rest() {
        return rest.toString();
    }

    void finish() {
        inlines.flow(rest.toString().stripTrailing(), Look.PLAIN, flow);
        flow.finish();
        rest.setLength(0);
    }

    private void release() {
        String text = rest.toString();
        int cut = cut(text);
        if (cut > 0) {
            inlines.flow(text.substring(0, cut), Look.PLAIN, flow);
            if (text.charAt(cut - 1) == ' ') {
                flow.add(Run.plain(" "));
            }
            rest.delete(0, cut);
        }
    }

    /// Where the safe beginning ends.
    private static int cut(String text) {
        Node block = Inlines.parse(text).getFirstChild();
        int cut = 0;
        if (block == null || block.getNext() != null) {
            return 0;
        }
        for (Node node = block.getFirstChild(); node != null; node = node.getNext()) {
            List<SourceSpan> spans = node.getSourceSpans();
            if (node instanceof Text && spans.size() == 1) {
                int begin = spans.getFirst().getInputIndex();
                int end = begin + spans.getFirst().getLength();
                int mark = mark(text, begin, end);
                for (int at = Math.min(mark, end - 1); at > Math.max(begin, cut); at--) {
                    if (canPart(text, at)) {
                        cut = at;
                    }
                }
                if (mark < end) {
                    return cut;
                }
            } else if (hasMark(text, node)) {
                return cut;
            }
        }
        return cut;
    }

    /// Whether a text within it has a mark that may yet belong elsewhere.
    private static boolean hasMark(String text, Node node) {
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            if (hasMark(text, child)) {
                return true;
            }
        }
        return node instanceof Text
                && node.getSourceSpans().stream().anyMatch(span -> {
                    int end = span.getInputIndex() + span.getLength();
                    return mark(text, span.getInputIndex(), end) < end;
                });
    }

    private static int mark(String text, int begin, int end) {
        int at = begin;
        while (at < end && !isMark(text, at)) {
            at++;
        }
        return at;
    }

    private static boolean isMark(String text, int at) {
        char c = text.charAt(at);
        if (MARKS.indexOf(c) < 0) {
            return false;
        }
        char before = at == 0 ? ' ' : text.charAt(at - 1);
        char after = at + 1 == text.length() ? '*' : text.charAt(at + 1);
        boolean isWithinWord = c == '_' && Character.isLetterOrDigit(before) && Character.isLetterOrDigit(after);
        boolean isAlone = "*_<&".indexOf(c) >= 0 && before == ' ' && after == ' ';
        return !isWithinWord && !isAlone;
    }

    private static boolean canPart(String text, int at) {
        char before = text.charAt(at - 1);
        char after = text.charAt(at);
        boolean isAfterWord = before == ' ' && at > 1 && !Character.isWhitespace(text.charAt(at - 2));
        return (isAfterWord && Character.isLetterOrDigit(after))
                || (Columns.isIdeograph(before) && Columns.isIdeograph(after));
    }
}
