package dev.fettle.store.upkeep;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The lines of a backup: gzip (RFC 1952), which ends with a checksum of it all; in it one JSON value a
/// line.
///
/// The first is a [Header]. Each table follows as a [Table] and its rows, which are arrays of texts, whole
/// numbers and nulls in the order of the columns.
final class ArchiveLines {
    /// Raised when a table or column comes that an older program would leave out.
    static final int VERSION = 1;

    static final String FORMAT = "fettle-backup";

    private static final TypeReference<List<@Nullable Object>> ROW = new TypeReference<>() {};
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    // An event may hold many pictures.
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();

    private ArchiveLines() {}

    /// What a backup holds.
    ///
    /// @param createdAt RFC 3339, UTC
    /// @param counts rows by table, in the order of the tables
    record Header(String format, int version, String createdAt, SequencedMap<String, Long> counts) {
        Header {
            counts = new LinkedHashMap<>(counts);
        }
    }

    record Table(String table, List<String> columns) {
        Table {
            columns = List.copyOf(columns);
        }
    }

    static final class Writer implements AutoCloseable {
        private final GZIPOutputStream zipped;
        private final BufferedWriter lines;

        Writer(OutputStream out) throws IOException {
            zipped = new Zipped(out);
            lines = new BufferedWriter(new OutputStreamWriter(zipped, StandardCharsets.UTF_8), 1 << 16);
        }

        void write(Object value) throws IOException {
            lines.write(JSON.writeValueAsString(value));
            lines.write('\n');
        }

        /// Writes what is left, and the checksum. The stream it was given stays open.
        @Override
        public void close() throws IOException {
            lines.flush();
            zipped.finish();
        }
    }

    /// Events hardly get any smaller for the several times as long that the standard level takes.
    private static final class Zipped extends GZIPOutputStream {
        Zipped(OutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    static final class Reader {
        private final BufferedReader lines;
        private long number;

        Reader(InputStream in) throws IOException {
            lines = new BufferedReader(
                    new InputStreamReader(
                            new GZIPInputStream(in, 1 << 16),
                            StandardCharsets.UTF_8
                                    .newDecoder()
                                    .onMalformedInput(CodingErrorAction.REPORT)
                                    .onUnmappableCharacter(CodingErrorAction.REPORT)),
                    1 << 16);
        }

        Header header() throws IOException {
            Header header = first(line())
                    .filter(each -> FORMAT.equals(each.format()))
                    .orElseThrow(() -> new IOException("it is no backup of Fettle"));
            if (header.version() > VERSION) {
                throw new IOException(
                        "a newer Fettle wrote it: it is of version %d, this program knows %d; update Fettle"
                                .formatted(header.version(), VERSION));
            }
            return header;
        }

        private static Optional<Header> first(String line) {
            try {
                return Optional.ofNullable(JSON.readValue(line, Header.class));
            } catch (JacksonException e) {
                return Optional.empty();
            }
        }

        Table table() throws IOException {
            String line = line();
            try {
                return Optional.ofNullable(JSON.readValue(line, Table.class))
                        .orElseThrow(() -> damaged("it is no table"));
            } catch (JacksonException e) {
                throw damaged(e.getOriginalMessage());
            }
        }

        List<@Nullable Object> row(int columns) throws IOException {
            String line = line();
            try {
                List<@Nullable Object> row = JSON.readValue(line, ROW);
                if (row != null && row.size() == columns && row.stream().allMatch(ArchiveLines::isValue)) {
                    return row;
                }
            } catch (JacksonException e) {
                throw damaged(e.getOriginalMessage());
            }
            throw damaged("it is no row of %d values".formatted(columns));
        }

        /// Reads on to the checksum, which must be right.
        void end() throws IOException {
            if (lines.readLine() != null) {
                throw new IOException("there is more in it than it says");
            }
        }

        private String line() throws IOException {
            number++;
            String line = lines.readLine();
            if (line == null) {
                throw new IOException("it ends before its line %d".formatted(number));
            }
            return line;
        }

        IOException damaged(String what) {
            return new IOException("its line %d cannot be read (%s)".formatted(number, what));
        }
    }

    private static boolean isValue(@Nullable Object value) {
        return value == null || value instanceof String || value instanceof Long;
    }
}
