package dev.fettle.cli.markdown;

import dev.fettle.cli.markdown.LineStart.Fence;
import dev.fettle.cli.markdown.LineStart.ItemStart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tells what block each line belongs to: the first of the two passes by which CommonMark describes parsing (its
/// appendix). That pass needs no line that has not come yet, but for two cases, and these are decided differently here:
///
/// - A line under a paragraph makes it a heading in CommonMark. Here it is a rule, for the words above it are on the
///   screen already; it looks the same.
/// - The head of a table is one because of the line below it. A line with a pipe near its beginning waits for that.
///
/// The library would need a block whole, and a list is one block from its first item to its last. Read in
/// this way, each line of an item, a quotation or code within them is set when it is there, and the work
/// grows with the text alone.
final class BlockReader {
    private static final int DEEPEST = 16;
    /// A table is set when its end is known; a longer one is set in parts.
    private static final int MOST_ROWS = 500;

    private enum Leaf {
        NONE,
        PARAGRAPH,
        FENCED,
        HTML,
        TABLE
    }

    private final Page page;
    private final List<Container> open = new ArrayList<>();
    /// The item before, for each depth, as long as nothing else came between.
    private final List<Container.Item> siblings = new ArrayList<>();

    private Leaf leaf = Leaf.NONE;
    private @Nullable Fence fence;
    private final List<String> rows = new ArrayList<>();
    private String head = "";

    BlockReader(Page page) {
        this.page = page;
    }

    /// Reads the beginning of a line if it is certain what the line is whatever may follow, and then the rest
    /// of the line may be given to `more`.
    boolean begin(String line) {
        if (leaf == Leaf.FENCED || leaf == Leaf.HTML || !rows.isEmpty() || !head.isEmpty()) {
            return false;
        }
        Matched matched = matched(line);
        String text = matched.text();
        for (int depth = matched.depth(); depth < DEEPEST && LineStart.indent(text) <= 3; depth++) {
            Optional<String> quoted = afterQuoteMark(text);
            Optional<ItemStart> item = ItemStart.of(text, false);
            if (quoted.isPresent()) {
                text = quoted.get();
            } else if (item.isPresent() && LineStart.of(text, false) != LineStart.RULE) {
                text = item.get().rest();
            } else {
                break;
            }
        }
        boolean isCertain = LineStart.indent(text) <= 3
                && text.length() >= LineStart.SEARCHED + 3
                && text.charAt(LineStart.indent(text)) != '<'
                && LineStart.of(text, true) == LineStart.TEXT;
        if (isCertain) {
            line(line);
        }
        return isCertain;
    }

    void more(String text) {
        page.text(text);
    }

    void line(String line) {
        Matched matched = matched(line);
        int depth = matched.depth();
        String text = matched.text();
        boolean isWithinAll = depth == open.size();
        if (isWithinAll && leaf == Leaf.FENCED && fence != null) {
            code(fence, text);
        } else if (text.isBlank()) {
            endLeaf();
            close(depth);
            page.blank();
        } else if (isWithinAll && leaf == Leaf.HTML) {
            page.verbatim(text);
        } else {
            start(text, depth);
        }
    }

    /// How many of the open containers a line stands in, and what it says there.
    private record Matched(int depth, String text) {}

    private Matched matched(String line) {
        int depth = 0;
        String text = line;
        for (Container each : open) {
            Optional<String> within = within(each, text);
            if (within.isEmpty()) {
                break;
            }
            text = within.get();
            depth++;
        }
        return new Matched(depth, text);
    }

    void finish() {
        endLeaf();
        close(0);
        siblings.clear();
        page.finish();
    }

    /// A table that is not set, or the line that may be its head.
    List<String> waiting() {
        return rows.isEmpty() ? head.isEmpty() ? List.of() : List.of(head) : rows;
    }

    private static Optional<String> within(Container container, String text) {
        int indent = LineStart.indent(text);
        return switch (container) {
            case Container.Quote _ -> afterQuoteMark(text);
            case Container.Item _ when text.isBlank() -> Optional.of("");
            case Container.Item item when indent >= item.indent() -> Optional.of(text.substring(item.indent()));
            case Container.Item _ -> Optional.empty();
        };
    }

    private static Optional<String> afterQuoteMark(String text) {
        int indent = LineStart.indent(text);
        if (indent > 3 || indent == text.length() || text.charAt(indent) != '>') {
            return Optional.empty();
        }
        String after = text.substring(indent + 1);
        return Optional.of(after.startsWith(" ") ? after.substring(1) : after);
    }

    private void code(Fence fence, String text) {
        if (fence.isClosedBy(text)) {
            endLeaf();
        } else {
            page.codeLine(text.substring(Math.min(fence.indent(), LineStart.indent(text))));
        }
    }

    /// Opens the containers that begin in this line, and reads what is left of it.
    private void start(String line, int matched) {
        String text = line;
        int depth = matched;
        while (depth < DEEPEST && LineStart.indent(text) <= 3) {
            boolean isInParagraph = leaf == Leaf.PARAGRAPH && depth == open.size();
            Optional<String> quoted = afterQuoteMark(text);
            Optional<ItemStart> item = LineStart.of(text, isInParagraph) == LineStart.RULE
                    ? Optional.empty()
                    : ItemStart.of(text, isInParagraph);
            if (quoted.isPresent()) {
                open(new Container.Quote(), depth);
                text = quoted.get();
            } else if (item.isPresent()) {
                open(item.get().item(), depth);
                text = item.get().rest();
            } else {
                break;
            }
            depth++;
        }
        boolean isLazy = leaf == Leaf.PARAGRAPH && depth < open.size();
        LineStart start =
                LineStart.indent(text) > 3 ? LineStart.TEXT : LineStart.of(text, leaf == Leaf.PARAGRAPH && !isLazy);
        if (!isLazy || start != LineStart.TEXT) {
            if (depth < open.size()) {
                endLeaf();
            }
            close(depth);
        }
        if (!text.isBlank()) {
            leaf(start, text);
        }
    }

    private void leaf(LineStart start, String text) {
        forgetSiblings(open.size());
        if (leaf == Leaf.TABLE && start == LineStart.TABLE_ROW) {
            row(text);
            return;
        }
        if (!head.isEmpty() && LineStart.isDelimiters(text)) {
            table(text);
            return;
        }
        settleHead();
        if ((start != LineStart.TEXT && start != LineStart.TABLE_ROW) || leaf == Leaf.TABLE) {
            endLeaf();
        }
        switch (start) {
            case TEXT -> text(text);
            case TABLE_ROW -> head = text;
            case RULE -> page.rule();
            case HEADING -> page.heading(text.strip());
            case HTML -> {
                leaf = Leaf.HTML;
                page.verbatim(text);
            }
            case FENCE -> {
                fence = Fence.of(text).orElseThrow();
                leaf = Leaf.FENCED;
                page.beginCode(fence.info());
            }
        }
    }

    private void text(String text) {
        if (leaf == Leaf.PARAGRAPH) {
            page.text("\n" + text.stripLeading());
        } else if (LineStart.indent(text) > 3) {
            page.verbatim(text);
        } else {
            leaf = Leaf.PARAGRAPH;
            page.text(text.stripLeading());
        }
    }

    /// What looked like the head of a table was a line of text.
    private void settleHead() {
        if (!head.isEmpty()) {
            String text = head;
            head = "";
            text(text);
        }
    }

    private void table(String delimiters) {
        String first = head;
        head = "";
        endLeaf();
        leaf = Leaf.TABLE;
        rows.add(first);
        rows.add(delimiters);
    }

    private void row(String text) {
        if (rows.size() == MOST_ROWS) {
            List<String> again = List.copyOf(rows.subList(0, 2));
            page.table(List.copyOf(rows));
            rows.clear();
            rows.addAll(again);
        }
        rows.add(text);
    }

    private void endLeaf() {
        settleHead();
        switch (leaf) {
            case NONE, HTML -> {}
            case PARAGRAPH -> page.endText();
            case FENCED -> page.endCode();
            case TABLE -> {
                page.table(List.copyOf(rows));
                rows.clear();
            }
        }
        leaf = Leaf.NONE;
        fence = null;
    }

    private void open(Container container, int depth) {
        endLeaf();
        close(depth);
        switch (container) {
            case Container.Quote _ -> {
                forgetSiblings(depth);
                open.add(container);
                page.open(container);
            }
            case Container.Item item -> {
                boolean goesOn = siblings.size() > depth && siblings.get(depth).kind() == item.kind();
                Container.Item shown =
                        goesOn ? item.numbered(siblings.get(depth).number() + 1) : item;
                forgetSiblings(depth);
                // Depths without an item before have none that goes on.
                while (siblings.size() < depth) {
                    siblings.add(new Container.Item(' ', 0, "", 0));
                }
                siblings.add(shown);
                open.add(shown);
                page.open(shown);
            }
        }
    }

    private void forgetSiblings(int depth) {
        while (siblings.size() > depth) {
            siblings.removeLast();
        }
    }

    private void close(int depth) {
        while (open.size() > depth) {
            open.removeLast();
            page.close();
        }
    }
}
