package dev.fettle.code.index;

import dev.fettle.code.source.Language;
import dev.fettle.code.source.Outline;
import dev.fettle.code.source.Reading;
import dev.fettle.code.source.Reference;
import dev.fettle.code.source.Symbol;
import dev.fettle.core.workspace.FileInfo;
import dev.fettle.core.workspace.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Brings an index up to date with the files: those are read whose size or time has changed, those are
/// parsed whose content has.
///
/// It goes on in batches, each a transaction, so that another process can look in between, or do the same:
/// within its transaction each looks again at what the index says by then, and the two share the work.
final class Refresh {
    private static final int MOST_FILES = 200_000;
    private static final int BATCH_FILES = 256;
    private static final long BATCH_BYTES = 2L * 1024 * 1024;
    /// A file may change again within the same tick of its file system's clock; until it is older, its time
    /// proves nothing.
    private static final Duration UNSETTLED = Duration.ofSeconds(2);

    /// How long nothing is said of how far it has come.
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private static final long NO_TIME = 0;

    private final IndexDatabase database;
    private final Path file;
    private final Workspace workspace;
    private final InstantSource clock;
    private final Progress progress;
    private int read;

    Refresh(IndexDatabase database, Path file, Workspace workspace, InstantSource clock, Progress progress) {
        this.database = database;
        this.file = file;
        this.workspace = workspace;
        this.clock = clock;
        this.progress = progress;
    }

    private record Known(int id, long size, long modified, String hash) {
        boolean isLike(FileInfo file) {
            return size == file.size() && modified == nanos(file.modified());
        }
    }

    Refreshed run(Walk walk) throws InterruptedException {
        Map<String, Known> known = new HashMap<>();
        database.scan(
                "select path, id, size, modified from file",
                row -> known.put(row.getString(1), new Known(row.getInt(2), row.getLong(3), row.getLong(4), "")));
        List<FileInfo> changed = new ArrayList<>();
        int[] files = {0};
        boolean isComplete = walk.files(workspace, each -> {
            if (each.isFile() && Language.of(each.path().value()).isPresent()) {
                Known before = known.remove(each.path().value());
                if (before == null || !before.isLike(each)) {
                    changed.add(each);
                }
                files[0]++;
            }
            return files[0] < MOST_FILES;
        });
        // What lies past the end of a walk that was cut short may still be there.
        List<Known> gone = isComplete ? List.copyOf(known.values()) : List.of();
        if (!gone.isEmpty()) {
            database.interruptibly(() -> gone.forEach(each -> forget(each.id())));
        }
        if (!changed.isEmpty()) {
            readAll(changed);
        }
        return new Refreshed(files[0], read, gone.size(), isComplete);
    }

    private void readAll(List<FileInfo> changed) throws InterruptedException {
        accuse();
        // Most often one file has changed, and a parser costs as much as ten small files.
        int threads = Math.min(Runtime.getRuntime().availableProcessors(), changed.size());
        try (Suspects suspects = new Suspects(file, threads);
                Parsing parsing = new Parsing(workspace, suspects, guilty(), threads)) {
            List<FileInfo> batch = new ArrayList<>();
            long bytes = 0;
            int done = 0;
            Instant told = clock.instant();
            for (FileInfo each : changed) {
                batch.add(each);
                bytes += each.size();
                if (batch.size() == BATCH_FILES || bytes > BATCH_BYTES) {
                    read(batch, parsing);
                    done += batch.size();
                    batch.clear();
                    bytes = 0;
                    if (!clock.instant().isBefore(told.plus(SILENCE))) {
                        told = clock.instant();
                        progress.files(done, changed.size());
                    }
                }
            }
            read(batch, parsing);
        }
    }

    private void accuse() {
        List<String> left = Suspects.left(file);
        if (!left.isEmpty()) {
            database.transaction(() -> left.forEach(hash -> database.update(
                    "insert into suspect values (?, 1) on conflict (hash) do update set crashes = crashes + 1", hash)));
        }
    }

    private void read(List<FileInfo> batch, Parsing parsing) throws InterruptedException {
        Instant before = clock.instant();
        database.interruptibly(() -> parsing.read(wanted(batch), found -> take(found, before)));
    }

    /// The files that nobody else has read by now.
    private List<Parsing.Wanted> wanted(List<FileInfo> batch) {
        List<Parsing.Wanted> wanted = new ArrayList<>();
        for (FileInfo each : batch) {
            Optional<Known> known = known(each.path().value());
            if (known.filter(found -> found.isLike(each)).isEmpty()) {
                wanted.add(new Parsing.Wanted(
                        each, Language.of(each.path().value()).orElseThrow(), known.map(Known::hash)));
            }
        }
        return wanted;
    }

    private void take(Parsing.Found found, Instant now) {
        switch (found) {
            case Parsing.Found.Gone gone -> known(gone.file().path().value()).ifPresent(each -> forget(each.id()));
            case Parsing.Found.Same same ->
                database.update(
                        "update file set size = ?, modified = ? where path = ?",
                        same.file().size(),
                        settled(same.file(), now),
                        same.file().path().value());
            case Parsing.Found.Read each -> {
                write(each.content(), each.reading(), now);
                read++;
            }
            case Parsing.Found.Failed failed ->
                throw new IllegalStateException("A file could not be read", failed.failure());
        }
    }

    private Optional<Known> known(String path) {
        return database
                .query(
                        "select id, size, modified, hash from file where path = ?",
                        row -> new Known(row.getInt(1), row.getLong(2), row.getLong(3), row.getString(4)),
                        path)
                .stream()
                .findFirst();
    }

    private Set<String> guilty() {
        return Set.copyOf(database.query(
                "select hash from suspect where crashes >= ?", row -> row.getString(1), Suspects.CRASHES));
    }

    private static long settled(FileInfo info, Instant now) {
        return info.modified().plus(UNSETTLED).isAfter(now) ? NO_TIME : nanos(info.modified());
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000 + time.getNano();
    }

    private void forget(int id) {
        for (String table : List.of("symbol", "mention", "import")) {
            database.update("delete from " + table + " where file = ?", id);
        }
        database.update("delete from file where id = ?", id);
    }

    private void write(Content content, Reading reading, Instant now) {
        known(content.file().path().value()).ifPresent(each -> forget(each.id()));
        switch (reading) {
            case Reading.Skipped skipped -> file(content, now, 0, false, Optional.of(skipped.why()));
            case Reading.Outlined outlined -> {
                Outline outline = outlined.outline();
                int id = file(content, now, outline.lines(), outline.hasError(), Optional.empty());
                symbols(id, outline.symbols());
                mentions(id, outline.references());
                for (int i = 0; i < outline.imports().size(); i++) {
                    database.update(
                            "insert into import values (?, ?, ?, ?)",
                            id,
                            i,
                            outline.imports().get(i).target(),
                            outline.imports().get(i).line());
                }
            }
        }
    }

    private int file(Content content, Instant now, int lines, boolean hasError, Optional<String> skipped) {
        return database.query(
                        """
                        insert into file (path, size, modified, hash, language, lines, error, skipped)
                        values (?, ?, ?, ?, ?, ?, ?, ?) returning id""",
                        row -> row.getInt(1),
                        content.file().path().value(),
                        content.file().size(),
                        settled(content.file(), now),
                        content.hash(),
                        content.language().name(),
                        lines,
                        hasError ? 1 : 0,
                        skipped.orElse(null))
                .getFirst();
    }

    private void symbols(int id, List<Symbol> symbols) {
        for (int i = 0; i < symbols.size(); i++) {
            Symbol each = symbols.get(i);
            database.update(
                    "insert into symbol values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    id,
                    i,
                    each.name(),
                    each.kind().name(),
                    each.signature(),
                    each.first(),
                    each.last(),
                    each.container(),
                    each.complexity(),
                    each.isEntry() ? 1 : 0);
        }
    }

    private void mentions(int id, List<Reference> references) {
        SortedMap<String, Places> byName = new TreeMap<>();
        references.forEach(
                each -> byName.computeIfAbsent(each.name(), _ -> new Places()).add(each));
        byName.forEach((name, places) ->
                database.update("insert into mention values (?, ?, ?, ?)", id, name, places.count(), places.packed()));
    }
}
