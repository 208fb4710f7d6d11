package dev.fettle.cli.markdown;

import dev.fettle.cli.highlight.Highlighter;
import dev.fettle.cli.text.Columns;
import dev.fettle.cli.text.Look;
import dev.fettle.cli.text.Printable;
import dev.fettle.cli.text.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/// Sets blocks: each line with the marks of what it stands in. Empty lines are set before what follows them, so that a
/// text ends with none.
final class Page {
    /// However deep a block stands, some room is left to it.
    private static final int LEAST_WIDTH = 8;

    private static final int RULE_WIDTH = 40;

    private final IntSupplier width;
    private final Style style;
    private final Consumer<String> lines;
    private final Inlines inlines;
    private final List<Mark> marks = new ArrayList<>();
    private final TextFlow flow;
    private final Paragraph paragraph;
    private Highlighter highlighter;
    private int blankDepth = -1;
    private boolean hasLines;

    /// What a container puts before its lines.
    ///
    /// @param first before the first one
    private record Mark(String first, String next) {}

    Page(IntSupplier width, Style style, Consumer<String> lines) {
        this.width = width;
        this.style = style;
        this.lines = lines;
        this.inlines = new Inlines(style);
        this.flow = new TextFlow(this::room, line -> put(painted(line)));
        this.paragraph = new Paragraph(inlines, flow);
        this.highlighter = Highlighter.of("", style);
    }

    void open(Container container) {
        marks.add(
                switch (container) {
                    case Container.Quote _ -> new Mark("│ ", "│ ");
                    case Container.Item item -> {
                        String first = mark(item) + " ";
                        yield new Mark(first, " ".repeat(Columns.of(first)));
                    }
                });
    }

    /// Ends the innermost container. An item without words is shown nevertheless.
    void close() {
        if (isFresh(marks.getLast())) {
            put("");
        }
        marks.removeLast();
        blankDepth = Math.min(blankDepth, marks.size());
    }

    void blank() {
        if (hasLines && marks.stream().noneMatch(Page::isFresh)) {
            blankDepth = blankDepth < 0 ? marks.size() : Math.min(blankDepth, marks.size());
        }
    }

    /// What comes now begins anew.
    void finish() {
        blankDepth = -1;
        hasLines = false;
    }

    void text(String text) {
        paragraph.add(text);
    }

    void endText() {
        paragraph.finish();
    }

    void heading(String line) {
        int level = level(line);
        String text = line.substring(level).strip();
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '#') {
            end--;
        }
        boolean isClosed = end == 0 || (end < text.length() && text.charAt(end - 1) == ' ');
        if (hasLines && marks.stream().noneMatch(Page::isFresh) && blankDepth < 0) {
            blankDepth = marks.size();
        }
        Look look = level == 1 ? Look.BOLD.and(Look.UNDERLINED) : level == 2 ? Look.BOLD : Look.BOLD.and(Look.ITALIC);
        if (!style.isOn()) {
            flow.add(Run.plain("#".repeat(level) + " "));
        }
        inlines.flow(isClosed ? text.substring(0, end).strip() : text, look, flow);
        flow.finish();
    }

    void rule() {
        put(style.dim("─".repeat(Math.min(room(), RULE_WIDTH))));
    }

    void beginCode(String info) {
        highlighter = Highlighter.of(info, style);
        put(style.dim("```" + Printable.of(info)));
    }

    void codeLine(String line) {
        put(highlighter.line(line));
    }

    void endCode() {
        put(style.dim("```"));
    }

    /// Text that is shown as it is.
    void verbatim(String line) {
        put(line);
    }

    void table(List<String> rows) {
        new Table(inlines, style).lines(String.join("\n", rows), room()).forEach(this::put);
    }

    /// What has been read of a paragraph, but not set.
    List<String> unfinished() {
        String begun = painted(flow.begun());
        String rest = paragraph.rest();
        return begun.isEmpty() && rest.isEmpty()
                ? List.of()
                : (prefix(false) + begun + rest).lines().toList();
    }

    private int room() {
        int taken = marks.stream().mapToInt(mark -> mark.next().length()).sum();
        return Math.max(LEAST_WIDTH, width.getAsInt() - taken);
    }

    private String mark(Container.Item item) {
        return switch (item.task()) {
            case " " -> style.isOn() ? "☐" : "[ ]";
            case "x" -> style.isOn() ? "☑" : "[x]";
            default -> item.isOrdered() ? item.number() + "." : bullet();
        };
    }

    private String bullet() {
        boolean isNested = marks.stream().anyMatch(mark -> mark.next().isBlank());
        return style.isOn() ? isNested ? "◦" : "•" : "-";
    }

    private static boolean isFresh(Mark mark) {
        return !mark.first().equals(mark.next());
    }

    private void put(String line) {
        if (blankDepth >= 0) {
            lines.accept(marks.stream()
                    .limit(blankDepth)
                    .map(mark -> style.dim(mark.next()))
                    .collect(Collectors.joining())
                    .stripTrailing());
            blankDepth = -1;
        }
        lines.accept((prefix(true) + line).stripTrailing());
        hasLines = true;
    }

    private String prefix(boolean isPut) {
        StringBuilder prefix = new StringBuilder();
        for (int i = 0; i < marks.size(); i++) {
            Mark mark = marks.get(i);
            boolean isQuote = mark.next().startsWith("│");
            prefix.append(isQuote ? style.dim(mark.first()) : mark.first());
            if (isPut) {
                marks.set(i, new Mark(mark.next(), mark.next()));
            }
        }
        return prefix.toString();
    }

    private String painted(List<Run> runs) {
        return runs.stream().map(run -> run.painted(style)).collect(Collectors.joining());
    }

    private static int level(String heading) {
        int level = 0;
        while (level < heading.length() && heading.charAt(level) == '#') {
            level++;
        }
        return level;
    }
}
