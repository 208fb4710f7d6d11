package dev.fettle.store.upkeep;

import dev.fettle.store.run.RunEngine;
import dev.fettle.store.sql.Packed;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Puts all that a database holds into one stream, and back, the same for both databases, so that what was
/// kept in one can go on in the other. A row at a time is in memory, whatever there is in all.
///
/// A backup is of one state of the database, taken in one transaction that nobody who writes notices. A
/// restore is one transaction too: until the checksum at the end of the stream was right, nothing has
/// changed. It replaces what was there. Whoever still works with that finds its epochs and activations,
/// which every write states, out of date: what is restored begins above the highest there was.
public final class Archive {
    private static final int ROWS_AT_ONCE = 500;
    private static final int CHARACTERS_AT_ONCE = 1 << 20;

    private final LongWork work;
    private final InstantSource clock;

    public Archive(LongWork work, InstantSource clock) {
        this.work = work;
        this.clock = clock;
    }

    /// How many rows each table has, by the table's name.
    public SequencedMap<String, Long> contents() {
        try (Connection connection = work.reading()) {
            return counts(connection);
        } catch (SQLException e) {
            throw work.failed(e);
        }
    }

    /// Writes all of it; the stream stays open.
    ///
    /// @return how many rows were written, by table
    /// @throws IOException if the stream does not take it
    public SequencedMap<String, Long> write(OutputStream out) throws IOException {
        String now = clock.instant().toString();
        try (Connection connection = work.reading();
                ArchiveLines.Writer lines = new ArchiveLines.Writer(out)) {
            SequencedMap<String, Long> counts = counts(connection);
            lines.write(new ArchiveLines.Header(ArchiveLines.FORMAT, ArchiveLines.VERSION, now, counts));
            for (ArchivedTable table : ArchivedTable.ALL) {
                lines.write(new ArchiveLines.Table(table.name(), table.columns()));
                write(connection, table, lines);
            }
            return counts;
        } catch (SQLException e) {
            throw work.failed(e);
        }
    }

    private static SequencedMap<String, Long> counts(Connection connection) throws SQLException {
        SequencedMap<String, Long> counts = new LinkedHashMap<>();
        for (String table : ArchivedTable.names()) {
            counts.put(table, number(connection, "select count(*) from " + table));
        }
        return counts;
    }

    private static void write(Connection connection, ArchivedTable table, ArchiveLines.Writer lines)
            throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(ROWS_AT_ONCE);
            try (ResultSet rows = statement.executeQuery(table.selection())) {
                while (rows.next()) {
                    List<@Nullable Object> values = new ArrayList<>();
                    for (int i = 1; i <= table.columns().size(); i++) {
                        values.add(value(rows, i));
                    }
                    lines.write(values);
                }
            }
        }
    }

    private static @Nullable Object value(ResultSet rows, int column) throws SQLException {
        return switch (rows.getObject(column)) {
            case Number number -> number.longValue();
            case byte[] _ -> Packed.text(rows, column);
            case null -> null;
            case Object other -> other;
        };
    }

    /// Puts in the place of all there is what a stream holds.
    ///
    /// @return how many rows were read, by table
    /// @throws IOException with what is wrong if the stream is truncated, damaged, no backup or one of a
    ///     newer program; then nothing has changed
    public SequencedMap<String, Long> restore(InputStream in) throws IOException {
        ArchiveLines.Reader lines = new ArchiveLines.Reader(in);
        ArchiveLines.Header header = lines.header();
        try (Connection connection = work.writing(ArchivedTable.names())) {
            long epochs = number(connection, "select coalesce(max(epoch) + 1, 0) from session");
            long activations = number(connection, "select coalesce(max(activation) + 1, 0) from run");
            for (String table : ArchivedTable.names()) {
                run(connection, "delete from " + table);
            }
            for (var each : header.counts().entrySet()) {
                read(connection, table(each.getKey(), lines), each.getValue(), lines);
            }
            lines.end();
            outdate(connection, epochs, activations);
            connection.commit();
            return header.counts();
        } catch (SQLException e) {
            throw work.failed(e);
        }
    }

    /// The table as the stream has it, which may lack columns that came later.
    private static ArchivedTable table(String expected, ArchiveLines.Reader lines) throws IOException {
        ArchiveLines.Table found = lines.table();
        ArchivedTable known = ArchivedTable.named(expected)
                .filter(each -> expected.equals(found.table()) && each.columns().containsAll(found.columns()))
                .orElseThrow(() -> lines.damaged("a table `%.40s` is not known so".formatted(expected)));
        return new ArchivedTable(known.name(), List.copyOf(found.columns()), known.order());
    }

    private void read(Connection connection, ArchivedTable table, long count, ArchiveLines.Reader lines)
            throws SQLException, IOException {
        try (PreparedStatement insertion = connection.prepareStatement(table.insertion())) {
            int rows = 0;
            int characters = 0;
            for (long i = 0; i < count; i++) {
                characters += add(insertion, table, lines.row(table.columns().size()));
                if (++rows == ROWS_AT_ONCE || characters > CHARACTERS_AT_ONCE) {
                    insertion.executeBatch();
                    rows = 0;
                    characters = 0;
                }
            }
            insertion.executeBatch();
        }
    }

    /// Adds a row to those that are sent together.
    ///
    /// @return how many characters it has
    private int add(PreparedStatement insertion, ArchivedTable table, List<@Nullable Object> row) throws SQLException {
        int characters = 0;
        for (int i = 0; i < row.size(); i++) {
            Object value = row.get(i);
            if (value == null) {
                insertion.setNull(i + 1, Types.NULL);
            } else if (value instanceof String text) {
                characters += text.length();
                insertion.setObject(
                        i + 1,
                        table.isPayload(i)
                                ? work.dialect().payload(text)
                                : work.dialect().storable(text));
            } else {
                insertion.setObject(i + 1, value);
            }
        }
        insertion.addBatch();
        return characters;
    }

    /// No worker has what is restored, nor a task for it; the next to start queues it anew.
    private static void outdate(Connection connection, long epochs, long activations) throws SQLException {
        if (epochs > 0) {
            run(connection, "update session set epoch = epoch + " + epochs);
        }
        if (activations > 0) {
            run(connection, "update run set activation = activation + " + activations);
        }
        run(connection, "update run set status = 'queued', worker = null where status in ('ready', 'running')");
        run(connection, "delete from scheduled_tasks where task_name = '" + RunEngine.TASK + "'");
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
