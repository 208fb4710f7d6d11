package dev.fettle.cli.markdown;

import dev.fettle.cli.text.Columns;
import dev.fettle.cli.text.Look;
import dev.fettle.cli.text.Style;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;

/// A table, as wide as its cells or as the terminal. The widest columns give way first, and their cells are wrapped;
/// where not even a word has room, each row becomes a list of names and values.
record Table(Inlines inlines, Style style) {
    private static final Parser PARSER = Parser.builder()
            .enabledBlockTypes(Set.of())
            .extensions(List.of(
                    StrikethroughExtension.create(),
                    TablesExtension.builder().maxCells(Integer.MAX_VALUE).build()))
            .build();
    private static final String GAP = " │ ";
    private static final int LEAST_COLUMN = 6;

    private record Cell(Node node, boolean isRight, boolean isCentered) {}

    List<String> lines(String source, int width) {
        List<List<Cell>> rows = rows(source);
        if (rows.isEmpty()) {
            return source.lines().toList();
        }
        int count = rows.getFirst().size();
        int[] natural = new int[count];
        for (int i = 0; i < rows.size(); i++) {
            List<Cell> row = rows.get(i);
            for (int column = 0; column < Math.min(count, row.size()); column++) {
                int widest = wrapped(row.get(column), i == 0 ? Look.BOLD : Look.PLAIN, Integer.MAX_VALUE).stream()
                        .mapToInt(Table::columns)
                        .max()
                        .orElse(0);
                natural[column] = Math.max(natural[column], Math.max(1, widest));
            }
        }
        int room = width - GAP.length() * (count - 1);
        int least =
                Arrays.stream(natural).map(each -> Math.min(each, LEAST_COLUMN)).sum();
        return least > room ? listed(rows, width) : drawn(rows, fitted(natural, room));
    }

    private static List<List<Cell>> rows(String source) {
        List<List<Cell>> rows = new ArrayList<>();
        Node block = PARSER.parse(source).getFirstChild();
        if (block instanceof TableBlock) {
            block.accept(new AbstractVisitor() {
                @Override
                public void visit(CustomNode node) {
                    if (node instanceof TableRow) {
                        rows.add(new ArrayList<>());
                    }
                    if (node instanceof TableCell cell) {
                        rows.getLast()
                                .add(new Cell(
                                        cell,
                                        cell.getAlignment() == TableCell.Alignment.RIGHT,
                                        cell.getAlignment() == TableCell.Alignment.CENTER));
                    } else {
                        visitChildren(node);
                    }
                }
            });
        }
        return rows;
    }

    /// Takes a column from the widest until they fit.
    private static int[] fitted(int[] natural, int room) {
        int[] widths = natural.clone();
        for (int excess = Arrays.stream(widths).sum() - room; excess > 0; ) {
            int widest = Arrays.stream(widths).max().orElse(0);
            int next = Arrays.stream(widths).filter(each -> each < widest).max().orElse(LEAST_COLUMN);
            int[] cut = IntStream.range(0, widths.length)
                    .filter(i -> widths[i] == widest)
                    .toArray();
            int step = Math.max(1, Math.min(widest - Math.max(next, 1), excess / cut.length));
            for (int i = 0; i < cut.length && excess > 0; i++) {
                widths[cut[i]] -= step;
                excess -= step;
            }
        }
        return widths;
    }

    private List<String> drawn(List<List<Cell>> rows, int[] widths) {
        List<String> lines = new ArrayList<>();
        // Rows of several lines would run into each other.
        boolean isWrapped = false;
        for (int i = 0; i < rows.size(); i++) {
            List<List<List<Run>>> cells = new ArrayList<>();
            int height = 1;
            for (int column = 0; column < widths.length; column++) {
                List<List<Run>> cell = column < rows.get(i).size()
                        ? wrapped(rows.get(i).get(column), i == 0 ? Look.BOLD : Look.PLAIN, widths[column])
                        : List.of();
                cells.add(cell);
                height = Math.max(height, cell.size());
            }
            if (isWrapped && i > 1) {
                lines.add(ruler(widths));
            }
            isWrapped |= i > 0 && height > 1;
            for (int line = 0; line < height; line++) {
                StringBuilder text = new StringBuilder();
                for (int column = 0; column < widths.length; column++) {
                    text.append(column == 0 ? "" : style.dim(GAP));
                    List<List<Run>> cell = cells.get(column);
                    Cell source = column < rows.get(i).size()
                            ? rows.get(i).get(column)
                            : rows.getFirst().get(column);
                    text.append(padded(line < cell.size() ? cell.get(line) : List.of(), source, widths[column]));
                }
                lines.add(text.toString());
            }
            if (i == 0) {
                lines.add(ruler(widths));
            }
        }
        return lines;
    }

    private String ruler(int[] widths) {
        return style.dim(Arrays.stream(widths).mapToObj("─"::repeat).collect(Collectors.joining("─┼─")));
    }

    private String padded(List<Run> runs, Cell cell, int width) {
        String text = runs.stream().map(run -> run.painted(style)).collect(Collectors.joining());
        int free = Math.max(0, width - columns(runs));
        int before = cell.isRight() ? free : cell.isCentered() ? free / 2 : 0;
        return " ".repeat(before) + text + " ".repeat(free - before);
    }

    private List<String> listed(List<List<Cell>> rows, int width) {
        List<String> lines = new ArrayList<>();
        for (List<Cell> row : rows.subList(1, rows.size())) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            for (int column = 0; column < Math.min(row.size(), rows.getFirst().size()); column++) {
                TextFlow flow = new TextFlow(
                        () -> width,
                        line -> lines.add(
                                line.stream().map(run -> run.painted(style)).collect(Collectors.joining())));
                inlines.children(rows.getFirst().get(column).node(), Look.BOLD, "", flow);
                flow.add(new Run(": ", Look.BOLD, ""));
                inlines.children(row.get(column).node(), Look.PLAIN, "", flow);
                flow.finish();
            }
        }
        return lines;
    }

    private List<List<Run>> wrapped(Cell cell, Look look, int width) {
        List<List<Run>> lines = new ArrayList<>();
        TextFlow flow = new TextFlow(() -> width, lines::add, true);
        inlines.children(cell.node(), look, "", flow);
        flow.finish();
        return lines;
    }

    private static int columns(List<Run> runs) {
        return runs.stream().mapToInt(run -> Columns.of(run.text())).sum();
    }
}
