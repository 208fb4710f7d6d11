package dev.fettle.code.structure;

import dev.fettle.code.source.Import;
import dev.fettle.code.source.Language;
import dev.fettle.code.source.Symbol;
import java.util.List;

/// What is there, found without a model: the same files give the same facts. Lists are bounded; [Totals]
/// counts everything.
///
/// @param scope what was looked at, as the user named it
/// @param modules directories and what they use of each other
/// @param cycles modules that, by way of others, use themselves; each cycle from its first name on
/// @param files the most important first
/// @param calls who calls whom, where a name tells it
/// @param entries what runs by itself
/// @param complex what has the most branches
/// @param large what has the most lines
/// @param churn what has changed most often
/// @param left files that were left out, and why
public record Structure(
        String scope,
        Totals totals,
        List<Module> modules,
        List<List<String>> cycles,
        List<SourceFile> files,
        List<Call> calls,
        List<Place> entries,
        List<Place> complex,
        List<Place> large,
        List<Churn> churn,
        List<Left> left) {
    public Structure {
        modules = List.copyOf(modules);
        cycles = cycles.stream().map(List::copyOf).toList();
        files = List.copyOf(files);
        calls = List.copyOf(calls);
        entries = List.copyOf(entries);
        complex = List.copyOf(complex);
        large = List.copyOf(large);
        churn = List.copyOf(churn);
        left = List.copyOf(left);
    }

    /// How much there is.
    ///
    /// @param files those that were read; [Structure#files] may show fewer
    public record Totals(int files, int lines, int symbols, List<Share> languages) {
        public Totals {
            languages = List.copyOf(languages);
        }
    }

    /// How much of it is in one language.
    public record Share(Language language, int files, int lines) {}

    /// A directory with source files in it.
    ///
    /// @param uses other modules that its files import
    public record Module(String name, int files, int lines, List<String> uses) {
        public Module {
            uses = List.copyOf(uses);
        }
    }

    /// A file.
    ///
    /// @param tests test files that use what it defines
    public record SourceFile(
            String path,
            Language language,
            int lines,
            boolean hasError,
            List<Symbol> symbols,
            List<Import> imports,
            List<String> tests) {
        public SourceFile {
            symbols = List.copyOf(symbols);
            imports = List.copyOf(imports);
            tests = List.copyOf(tests);
        }
    }

    /// A symbol and where it is.
    public record Place(String path, int line, String name, String signature, int complexity, int lines) {}

    /// One symbol calls another.
    ///
    /// @param count in how many places
    public record Call(String fromPath, String from, String toPath, String to, int count) {}

    /// A file that was left out.
    public record Left(String path, String why) {}
}
