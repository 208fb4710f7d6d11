package dev.fettle.code.structure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A structure as a page, with drawings of modules and calls in Mermaid.
public final class StructureMarkdown {
    private static final int MOST_ARROWS = 60;
    private static final int MOST_ROWS = 20;

    private final StringBuilder page = new StringBuilder();

    private StructureMarkdown() {}

    public static String of(Structure structure) {
        return new StructureMarkdown().write(structure);
    }

    private String write(Structure structure) {
        Structure.Totals totals = structure.totals();
        page.append("# Structure of %s\n\n".formatted(code(structure.scope())));
        page.append("%,d files, %,d lines, %,d symbols.\n".formatted(totals.files(), totals.lines(), totals.symbols()));
        table(
                "Languages",
                List.of("language", "files", "lines"),
                totals.languages(),
                each -> List.of(each.language().word(), "%,d".formatted(each.files()), "%,d".formatted(each.lines())));
        modules(structure);
        list(
                "Cycles between modules",
                structure.cycles(),
                each -> each.stream()
                                .limit(MOST_ROWS)
                                .map(StructureMarkdown::code)
                                .collect(Collectors.joining(" ↔ "))
                        + (each.size() > MOST_ROWS ? " and %,d more".formatted(each.size() - MOST_ROWS) : ""));
        calls(structure.calls());
        table(
                "Entry points",
                List.of("symbol", "place"),
                structure.entries(),
                each -> List.of(code(each.name()), place(each)));
        table(
                "Most branches",
                List.of("symbol", "branches", "lines", "place"),
                structure.complex(),
                each -> List.of(code(each.name()), "" + each.complexity(), "" + each.lines(), place(each)));
        table(
                "Most lines",
                List.of("symbol", "lines", "place"),
                structure.large(),
                each -> List.of(code(each.name()), "" + each.lines(), place(each)));
        table(
                "Changed most often",
                List.of("file", "commits", "added", "removed"),
                structure.churn(),
                each -> List.of(code(each.path()), "" + each.commits(), "" + each.added(), "" + each.removed()));
        files(structure.files());
        list("Left out", structure.left(), each -> "%s: %s".formatted(code(each.path()), each.why()));
        return page.toString();
    }

    private void modules(Structure structure) {
        Drawing drawing = new Drawing();
        structure.modules().forEach(each -> each.uses().forEach(used -> drawing.arrow(each.name(), used)));
        drawing("Modules", drawing);
    }

    private void calls(List<Structure.Call> calls) {
        Drawing drawing = new Drawing();
        calls.forEach(each -> drawing.arrow(each.from(), each.to()));
        drawing("Calls", drawing);
    }

    private void drawing(String title, Drawing drawing) {
        if (!drawing.isEmpty()) {
            page.append("\n## %s\n\n```mermaid\n%s```\n".formatted(title, drawing));
        }
    }

    private void files(List<Structure.SourceFile> files) {
        if (files.isEmpty()) {
            return;
        }
        page.append("\n## Files\n");
        files.stream().limit(MOST_ROWS).forEach(file -> {
            page.append("\n### %s\n\n".formatted(code(file.path())));
            if (!file.tests().isEmpty()) {
                page.append("Tested by %s.\n\n"
                        .formatted(String.join(
                                ", ",
                                file.tests().stream()
                                        .map(StructureMarkdown::code)
                                        .toList())));
            }
            file.symbols().stream()
                    .filter(each -> each.container() < 0 || each.kind().isCallable())
                    .limit(MOST_ROWS)
                    .forEach(each -> page.append("- %s, line %d\n".formatted(code(each.signature()), each.first())));
        });
    }

    private <T> void list(String title, List<T> rows, Function<T, String> line) {
        if (!rows.isEmpty()) {
            page.append("\n## %s\n\n".formatted(title));
            rows.stream()
                    .limit(MOST_ROWS)
                    .forEach(each -> page.append("- ").append(line.apply(each)).append('\n'));
        }
    }

    private <T> void table(String title, List<String> columns, List<T> rows, Function<T, List<String>> cells) {
        if (!rows.isEmpty()) {
            page.append("\n## %s\n\n".formatted(title));
            row(columns);
            row(columns.stream().map(_ -> "---").toList());
            rows.stream().limit(MOST_ROWS).forEach(each -> row(cells.apply(each)));
        }
    }

    private void row(List<String> cells) {
        page.append("| ")
                .append(String.join(
                        " | ",
                        cells.stream().map(each -> each.replace("|", "\\|")).toList()))
                .append(" |\n");
    }

    private static String place(Structure.Place place) {
        return code(place.path() + ":" + place.line());
    }

    /// What comes from a file may hold backquotes.
    private static String code(String text) {
        return "`" + text.replace('`', '\'') + "`";
    }

    /// Arrows between names; Mermaid wants each named by a word of its own.
    private static final class Drawing {
        private final Map<String, String> words = new LinkedHashMap<>();
        private final StringBuilder arrows = new StringBuilder();
        private int count;

        void arrow(String from, String to) {
            if (count++ < MOST_ARROWS) {
                arrows.append("  %s --> %s\n".formatted(word(from), word(to)));
            }
        }

        boolean isEmpty() {
            return count == 0;
        }

        private String word(String name) {
            return words.computeIfAbsent(name, _ -> "n" + words.size());
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder("graph LR\n");
            words.forEach((name, word) -> text.append("  %s[\"%s\"]\n"
                    .formatted(word, name.replace("\"", "#quot;").replace('`', '\''))));
            return text.append(arrows).toString();
        }
    }
}
