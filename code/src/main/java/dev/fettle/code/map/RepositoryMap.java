package dev.fettle.code.map;

import dev.fettle.code.index.CodeIndex;
import dev.fettle.code.index.IndexedFile;
import dev.fettle.code.source.Symbol;
import dev.fettle.core.model.TokenEstimate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// The files of a repository, the most important for a task first, each with the signatures of what others
/// use most of it. The same files and the same task give the same text.
public final class RepositoryMap {
    private static final int MOST_SYMBOLS = 12;
    private static final int MOST_FILES = 2000;
    private static final String INDENT = "  ";

    private final CodeIndex index;
    private final List<IndexedFile> ranked;
    private final int files;

    private RepositoryMap(CodeIndex index, List<IndexedFile> ranked, int files) {
        this.index = index;
        this.ranked = ranked;
        this.files = files;
    }

    /// The map for a task.
    ///
    /// @param index stays open for as long as the map is used
    public static RepositoryMap of(CodeIndex index, Focus focus) {
        return of(index, new Imports(index.files()), focus);
    }

    /// The same for who needs the imports, too.
    public static RepositoryMap of(CodeIndex index, Imports imports, Focus focus) {
        List<IndexedFile> all = imports.files();
        double[] ranks = FileGraph.of(index, imports, focus).ranks();
        List<IndexedFile> ranked = IntStream.range(0, all.size())
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -ranks[i])
                        .thenComparing(i -> all.get(i).path()))
                .limit(MOST_FILES)
                .map(all::get)
                .toList();
        return new RepositoryMap(index, ranked, all.size());
    }

    /// The files, the most important first; not more than anybody reads.
    public List<IndexedFile> files() {
        return ranked;
    }

    /// As much of the map as fits, and how many files were left out.
    ///
    /// @param tokens by core's estimate, which is on the high side
    public String within(long tokens) {
        Map<String, Double> popularity = new HashMap<>();
        StringBuilder text = new StringBuilder();
        long left = tokens - TokenEstimate.of(rest(files));
        int shown = 0;
        for (IndexedFile each : ranked) {
            String block = block(each, popularity);
            if (TokenEstimate.of(block) > left) {
                block = each.path() + "\n";
            }
            if (TokenEstimate.of(block) > left) {
                break;
            }
            text.append(block);
            left -= TokenEstimate.of(block);
            shown++;
        }
        return shown == files ? text.toString() : text + rest(files - shown);
    }

    private static String rest(int count) {
        return "[%,d more files are not shown; find_symbol and glob find them]\n".formatted(count);
    }

    private String block(IndexedFile file, Map<String, Double> popularity) {
        List<Symbol> symbols = index.symbols(file.id());
        StringBuilder block = new StringBuilder(file.path()).append('\n');
        for (int i : chosen(symbols, popularity)) {
            block.append(INDENT.repeat(1 + depth(symbols, i)))
                    .append(symbols.get(i).signature())
                    .append('\n');
        }
        return block.toString();
    }

    /// The symbols that others use most, and what they are in.
    private NavigableSet<Integer> chosen(List<Symbol> symbols, Map<String, Double> popularity) {
        NavigableSet<Integer> chosen = new TreeSet<>();
        IntStream.range(0, symbols.size())
                .boxed()
                .filter(i -> isTelling(symbols.get(i)))
                .sorted(Comparator.<Integer>comparingDouble(
                                i -> -popularity(symbols.get(i).name(), popularity))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST_SYMBOLS)
                .forEach(i -> {
                    for (int at = i; at >= 0; at = symbols.get(at).container()) {
                        chosen.add(at);
                    }
                });
        return chosen;
    }

    private static boolean isTelling(Symbol symbol) {
        return switch (symbol.kind()) {
            case CLASS, INTERFACE, ENUM, RECORD, STRUCT, TRAIT, TYPE, FUNCTION, METHOD, CONSTRUCTOR, MACRO, TABLE ->
                true;
            case CONSTANT, VARIABLE -> symbol.container() < 0;
            case MODULE, FIELD, RULE, ELEMENT, KEY -> false;
        };
    }

    private double popularity(String name, Map<String, Double> known) {
        return known.computeIfAbsent(name, index::popularity);
    }

    private static int depth(List<Symbol> symbols, int i) {
        int depth = 0;
        for (int at = symbols.get(i).container(); at >= 0; at = symbols.get(at).container()) {
            depth++;
        }
        return depth;
    }
}
