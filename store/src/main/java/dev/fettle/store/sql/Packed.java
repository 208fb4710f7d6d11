package dev.fettle.store.sql;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.JacksonIOException;

/// The payload of an event as SQLite holds it: a long one is deflated (RFC 1950), for most of what agents read and
/// write is source code, which shrinks to a third. A text is kept as it is; which of the two it is, its type says.
/// PostgreSQL does the same by itself.
public final class Packed {
    /// Shorter ones have little to gain, and stay readable for whoever looks into the file.
    private static final int LONG = 1_024;

    private Packed() {}

    /// What a row is given: the text itself, or bytes.
    static Object of(String payload) {
        if (payload.length() < LONG) {
            return payload;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(payload.length() / 2);
        try (Deflater deflater = new Deflater(Deflater.BEST_SPEED);
                DeflaterOutputStream packing = new DeflaterOutputStream(bytes, deflater)) {
            packing.write(payload.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("Memory cannot fail to be written", e);
        }
        return bytes.toByteArray();
    }

    /// The payload again, exactly as it was.
    ///
    /// @throws JacksonException if the bytes are damaged
    public static String text(ResultSet row, int column) throws SQLException {
        return switch (row.getObject(column)) {
            case byte[] bytes -> text(bytes);
            case null -> "";
            case Object text -> text.toString();
        };
    }

    private static String text(byte[] bytes) {
        try (InflaterInputStream unpacking = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
            return new String(unpacking.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw JacksonIOException.construct(e);
        }
    }
}
