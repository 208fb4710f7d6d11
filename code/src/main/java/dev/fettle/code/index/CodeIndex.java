package dev.fettle.code.index;

import dev.fettle.code.source.Import;
import dev.fettle.code.source.Language;
import dev.fettle.code.source.Outline;
import dev.fettle.code.source.Reference;
import dev.fettle.code.source.Symbol;
import dev.fettle.core.workspace.Workspace;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// What the source files of one workspace consist of, as of the last [#refresh]. For one thread at a time;
/// as many processes as like may have the same index open. All lists are in the same order whenever the
/// files are the same.
///
/// All methods throw [IndexException] if the file of the index cannot be used.
public final class CodeIndex implements AutoCloseable {
    private static final String SYMBOL = "name, kind, signature, first, last, container, complexity, entry";
    /// Takes the scope four times.
    private static final String INSIDE = "(? = '' or path = ? or substr(path, 1, length(?) + 1) = ? || '/')";

    private final IndexDatabase database;
    private final Path file;
    private final Workspace workspace;
    private final InstantSource clock;

    private CodeIndex(IndexDatabase database, Path file, Workspace workspace, InstantSource clock) {
        this.database = database;
        this.file = file;
        this.workspace = workspace;
        this.clock = clock;
    }

    /// Opens the index of a workspace, or begins an empty one.
    ///
    /// @param file where it is kept; its directory exists
    public static CodeIndex open(Path file, Workspace workspace, InstantSource clock) {
        return new CodeIndex(IndexDatabase.open(file), file, workspace, clock);
    }

    /// Brings it up to date. Blocks for as long as it takes to parse what has changed; of an interrupted
    /// refresh what is done stays done.
    public Refreshed refresh(Walk walk) throws InterruptedException {
        return refresh(walk, Progress.NONE);
    }

    /// The same, telling how far it has come.
    public Refreshed refresh(Walk walk, Progress progress) throws InterruptedException {
        return new Refresh(database, file, workspace, clock, progress).run(walk);
    }

    /// Every file, by path.
    public List<IndexedFile> files() {
        return database.query(
                "select id, path, language, lines, error, skipped from file order by path", CodeIndex::file);
    }

    private static IndexedFile file(ResultSet row) throws SQLException {
        return new IndexedFile(
                row.getInt(1),
                row.getString(2),
                Language.valueOf(row.getString(3)),
                row.getInt(4),
                row.getInt(5) == 1,
                Optional.ofNullable(row.getString(6)));
    }

    /// What a file consists of; empty if it was not read.
    public Optional<Outline> outline(String path) {
        return database
                .query(
                        "select id, path, language, lines, error, skipped from file where path = ?",
                        CodeIndex::file,
                        path)
                .stream()
                .filter(each -> each.skipped().isEmpty())
                .map(this::outline)
                .findFirst();
    }

    /// What a file of [#files] consists of.
    public Outline outline(IndexedFile from) {
        return new Outline(
                from.language(),
                from.lines(),
                symbols(from.id()),
                references(from.id()),
                imports(from.id()),
                from.hasError());
    }

    /// The symbols of a file of [#files], by the order of the text.
    public List<Symbol> symbols(int id) {
        return database.query(
                "select " + SYMBOL + " from symbol where file = ? order by ordinal", row -> symbol(row, 0), id);
    }

    private List<Reference> references(int id) {
        List<Reference> references = new ArrayList<>();
        database.scan(
                "select name, places from mention where file = ? order by name",
                row -> references.addAll(Places.unpacked(row.getString(1), row.getBytes(2))),
                id);
        references.sort((a, b) -> Integer.compare(a.line(), b.line()));
        return references;
    }

    /// What a file of [#files] imports, by the order of the text.
    public List<Import> imports(int id) {
        return database.query(
                "select target, line from import where file = ? order by ordinal",
                row -> new Import(row.getString(1), row.getInt(2)),
                id);
    }

    /// Shows what all files import, by the number of the file and the order of its text.
    public void imports(BiConsumer<Integer, Import> visitor) {
        database.scan(
                "select file, target, line from import order by file, ordinal",
                row -> visitor.accept(row.getInt(1), new Import(row.getString(2), row.getInt(3))));
    }

    /// How many symbols there are.
    ///
    /// @param scope only in this file, or below this directory; empty for everywhere
    public int symbolCount(String scope) {
        return database.query(
                        "select count(*) from symbol join file on file.id = symbol.file where " + INSIDE,
                        row -> row.getInt(1),
                        scope,
                        scope,
                        scope,
                        scope)
                .getFirst();
    }

    private static Symbol symbol(ResultSet row, int before) throws SQLException {
        return new Symbol(
                row.getString(before + 1),
                Symbol.Kind.valueOf(row.getString(before + 2)),
                row.getString(before + 3),
                row.getInt(before + 4),
                row.getInt(before + 5),
                row.getInt(before + 6),
                row.getInt(before + 7),
                row.getInt(before + 8) == 1);
    }

    /// Where a name is defined, by path and line.
    public List<Definition> definitions(String name, int most) {
        return definitions("name = ?", name, most);
    }

    /// Where names are defined that hold a text, whatever its case; short names first.
    public List<Definition> definitionsLike(String part, int most) {
        String pattern = "%" + part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
        return definitions("name like ? escape '\\'", pattern, most);
    }

    private List<Definition> definitions(String condition, String value, int most) {
        return database.query(
                "select path, file, " + SYMBOL + " from symbol join file on file.id = symbol.file where " + condition
                        + " order by length(name), path, ordinal limit ?",
                this::definition,
                value,
                most);
    }

    /// What definitions are wanted for.
    public enum Trait {
        ENTRY("entry = 1", "path, ordinal"),
        COMPLEX("complexity > 1", "complexity desc, path, ordinal"),
        LARGE("complexity > 0", "last - first desc, path, ordinal");

        private final String condition;
        private final String order;

        Trait(String condition, String order) {
            this.condition = condition;
            this.order = order;
        }
    }

    /// The definitions that stand out most.
    ///
    /// @param scope only in this file, or below this directory; empty for everywhere
    public List<Definition> definitions(Trait trait, String scope, int most) {
        return database.query(
                """
                select path, file, %s from symbol join file on file.id = symbol.file
                where %s and %s
                order by %s limit ?""".formatted(SYMBOL, trait.condition, INSIDE, trait.order),
                this::definition,
                scope,
                scope,
                scope,
                scope,
                most);
    }

    private Definition definition(ResultSet row) throws SQLException {
        Symbol symbol = symbol(row, 2);
        return new Definition(row.getString(1), symbol, container(row.getInt(2), symbol));
    }

    private String container(int fileId, Symbol symbol) {
        if (symbol.container() < 0) {
            return "";
        }
        List<Symbol> all = symbols(fileId);
        String names = "";
        for (int at = symbol.container(); at >= 0; at = all.get(at).container()) {
            names = names.isEmpty() ? all.get(at).name() : all.get(at).name() + "." + names;
        }
        return names;
    }

    /// Where a name is used, by path and line.
    public List<Usage> usages(String name, int most) {
        List<Usage> usages = new ArrayList<>();
        record Found(int file, String path, List<Reference> places) {}
        List<Found> found = database.query(
                """
                select file, path, places from mention join file on file.id = mention.file
                where name = ? order by path limit ?""",
                row -> new Found(row.getInt(1), row.getString(2), Places.unpacked(name, row.getBytes(3))),
                name,
                most);
        for (Found each : found) {
            List<Symbol> symbols = symbols(each.file());
            for (Reference reference : each.places()) {
                if (usages.size() < most) {
                    usages.add(new Usage(
                            each.path(),
                            reference.line(),
                            reference.kind(),
                            reference.from() < 0
                                    ? ""
                                    : symbols.get(reference.from()).name()));
                }
            }
        }
        return usages;
    }

    /// One name that one file uses and another defines.
    ///
    /// @param user the number of the file that uses it
    /// @param count how often it does
    /// @param definers how many files define something of that name
    /// @param users how many files use it
    /// @param isType whether what is defined is a type, whose name says more than a method's
    public record Use(int user, int definer, String name, int count, int definers, int users, boolean isType) {}

    /// Shows what files use of each other, by the name. Names that many files define say little and are left
    /// out.
    ///
    /// @param mostDefiners how many are many
    public void uses(int mostDefiners, Consumer<Use> visitor) {
        database.scan(
                """
                with definition as (
                    select name, file,
                        max(kind in ('CLASS', 'INTERFACE', 'ENUM', 'RECORD', 'STRUCT', 'TRAIT', 'TYPE', 'TABLE')) as type
                    from symbol
                    where kind not in ('FIELD', 'VARIABLE', 'KEY', 'RULE', 'ELEMENT', 'MODULE')
                    group by name, file),
                telling as (
                    select name, count(*) as definers,
                        (select count(*) from mention where mention.name = definition.name) as users
                    from definition group by name having count(*) <= ?)
                select mention.file, definition.file, mention.name, mention.count, definers, users, type
                from telling join definition on definition.name = telling.name
                join mention on mention.name = telling.name
                where mention.file <> definition.file
                order by mention.name, mention.file, definition.file""",
                row -> visitor.accept(new Use(
                        row.getInt(1),
                        row.getInt(2),
                        row.getString(3),
                        row.getInt(4),
                        row.getInt(5),
                        row.getInt(6),
                        row.getInt(7) == 1)),
                mostDefiners);
    }

    /// How many files use a name, shared among those that define it.
    public double popularity(String name) {
        return database.query("""
                        select (select count(*) from mention where name = ?) * 1.0
                            / max(1, (select count(distinct file) from symbol where name = ?))""", row -> row.getDouble(1), name, name).getFirst();
    }

    @Override
    public void close() {
        database.close();
    }
}
