package dev.fettle.code.structure;

import dev.fettle.code.source.Import;
import dev.fettle.code.source.Symbol;
import dev.fettle.core.model.TokenEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A structure for people at a terminal, and for models with little room.
public final class StructureText {
    private static final int MOST_ROWS = 10;
    private static final int MOST_SYMBOLS = 40;
    private static final int MOST_FILES = 30;
    private static final int MOST_CALLS = 30;
    private static final int MOST_NAMES = 6;
    private static final int MOST_IMPORTS = 40;
    private static final String CUT = "[the rest is left out; ask for a part of it by its path]\n";

    private final Structure structure;
    private final List<String> sections = new ArrayList<>();

    private StructureText(Structure structure) {
        this.structure = structure;
    }

    public static String of(Structure structure) {
        return String.join("\n", new StructureText(structure).sections());
    }

    /// As much as fits, the most telling first; says so when it is not all.
    ///
    /// @param tokens by core's estimate
    public static String within(Structure structure, long tokens) {
        StringBuilder text = new StringBuilder();
        long left = tokens - TokenEstimate.of(CUT);
        for (String section : new StructureText(structure).sections()) {
            for (String line : section.split("(?<=\n)", -1)) {
                left -= TokenEstimate.of(line);
                if (left < 0) {
                    return text + CUT;
                }
                text.append(line);
            }
            text.append('\n');
        }
        return text.toString();
    }

    private List<String> sections() {
        Structure.Totals totals = structure.totals();
        sections.add("%s: %,d files, %,d lines, %,d symbols\n%s"
                .formatted(
                        structure.scope(),
                        totals.files(),
                        totals.lines(),
                        totals.symbols(),
                        lines(
                                totals.languages(),
                                20,
                                each -> "%-12s %,6d files %,9d lines"
                                        .formatted(each.language().word(), each.files(), each.lines()))));
        section(
                "Modules",
                structure.modules(),
                MOST_ROWS * 2,
                each -> "%s (%,d files, %,d lines)%s"
                        .formatted(
                                each.name(),
                                each.files(),
                                each.lines(),
                                each.uses().isEmpty() ? "" : " uses " + some(each.uses(), MOST_NAMES, ", ")));
        section("Cycles between modules", structure.cycles(), MOST_ROWS, each -> some(each, MOST_ROWS, " <-> "));
        section("Entry points", structure.entries(), MOST_ROWS, StructureText::place);
        section(
                "Most branches",
                structure.complex(),
                MOST_ROWS,
                each -> "%3d  %s".formatted(each.complexity(), place(each)));
        section("Most lines", structure.large(), MOST_ROWS, each -> "%4d  %s".formatted(each.lines(), place(each)));
        section(
                "Changed most often",
                structure.churn(),
                MOST_ROWS,
                each -> "%4d commits  +%d -%d  %s"
                        .formatted(each.commits(), each.added(), each.removed(), each.path()));
        section(
                "Calls",
                structure.calls(),
                MOST_CALLS,
                each -> "%s -> %s  (%s -> %s)%s"
                        .formatted(
                                each.from(),
                                each.to(),
                                each.fromPath(),
                                each.toPath(),
                                each.count() > 1 ? " x" + each.count() : ""));
        section("Files, the most important first", structure.files(), MOST_FILES, StructureText::file);
        section("Left out", structure.left(), MOST_ROWS, each -> "%s: %s".formatted(each.path(), each.why()));
        return sections;
    }

    private <T> void section(String title, List<T> rows, int most, Function<T, String> line) {
        if (!rows.isEmpty()) {
            sections.add(title + "\n" + lines(rows, most, line));
        }
    }

    private static <T> String lines(List<T> rows, int most, Function<T, String> line) {
        StringBuilder text = new StringBuilder();
        rows.stream()
                .limit(most)
                .forEach(each -> text.append("  ").append(line.apply(each)).append('\n'));
        if (rows.size() > most) {
            text.append(String.format(Locale.ROOT, "  and %,d more%n", rows.size() - most));
        }
        return text.toString();
    }

    private static String some(List<String> names, int most, String between) {
        return names.stream().limit(most).collect(Collectors.joining(between))
                + (names.size() > most ? " and %,d more".formatted(names.size() - most) : "");
    }

    private static String place(Structure.Place place) {
        return "%s  %s:%d".formatted(place.name(), place.path(), place.line());
    }

    private static String file(Structure.SourceFile file) {
        StringBuilder text = new StringBuilder("%s (%,d lines%s)"
                .formatted(file.path(), file.lines(), file.hasError() ? ", parts cannot be parsed" : ""));
        if (!file.imports().isEmpty()) {
            text.append("\n    imports ")
                    .append(some(file.imports().stream().map(Import::target).toList(), MOST_IMPORTS, ", "));
        }
        List<Symbol> symbols = file.symbols();
        for (int i = 0; i < Math.min(symbols.size(), MOST_SYMBOLS); i++) {
            text.append("\n    ")
                    .append("  ".repeat(depth(symbols, i)))
                    .append(symbols.get(i).signature());
        }
        if (symbols.size() > MOST_SYMBOLS) {
            text.append("\n    and %,d more".formatted(symbols.size() - MOST_SYMBOLS));
        }
        if (!file.tests().isEmpty()) {
            text.append("\n    tested by ").append(String.join(", ", file.tests()));
        }
        return text.toString();
    }

    private static int depth(List<Symbol> symbols, int i) {
        int depth = 0;
        for (int at = symbols.get(i).container(); at >= 0; at = symbols.get(at).container()) {
            depth++;
        }
        return depth;
    }
}
