package dev.fettle.tools.network;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The first message of a TLS connection (RFC 8446, 4.1.2), as far as it says who is wanted.
final class ClientHello {
    private static final int MOST_BYTES = 32 * 1024;
    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int SERVER_NAME = 0;
    private static final int HOST_NAME = 0;

    private final byte[] records;
    private final Optional<String> serverName;

    private ClientHello(byte[] records, Optional<String> serverName) {
        this.records = records;
        this.serverName = serverName;
    }

    /// The host of the server-name extension (RFC 6066, 3); empty if there is none.
    Optional<String> serverName() {
        return serverName;
    }

    /// Passes it on in the records in which it came.
    void writeTo(OutputStream out) throws IOException {
        out.write(records);
    }

    /// Reads one whole message, of as many records as it takes.
    ///
    /// @throws IOException if something else comes, or far too much
    static ClientHello read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        do {
            byte[] header = new byte[5];
            data.readFully(header);
            int length = (header[3] & 0xFF) << 8 | (header[4] & 0xFF);
            if (header[0] != HANDSHAKE || header[1] != 3 || length == 0) {
                throw new IOException("this is not TLS");
            }
            if (raw.size() + length > MOST_BYTES) {
                throw new IOException("the TLS greeting is longer than %d bytes".formatted(MOST_BYTES));
            }
            byte[] body = new byte[length];
            data.readFully(body);
            raw.write(header);
            raw.write(body);
            message.write(body);
        } while (!isWhole(message.toByteArray()));
        return new ClientHello(raw.toByteArray(), serverName(ByteBuffer.wrap(message.toByteArray())));
    }

    private static boolean isWhole(byte[] message) {
        return message.length >= 4 && message.length >= 4 + length24(ByteBuffer.wrap(message, 1, 3));
    }

    private static Optional<String> serverName(ByteBuffer message) throws IOException {
        try {
            if (message.get() != CLIENT_HELLO) {
                throw new IOException("this is not a TLS greeting");
            }
            length24(message);
            skip(message, 2 + 32); // version, random
            skip(message, message.get() & 0xFF); // session
            skip(message, message.getShort() & 0xFFFF); // cipher suites
            skip(message, message.get() & 0xFF); // compression
            int end = (message.getShort() & 0xFFFF) + message.position();
            while (message.position() < end) {
                int type = message.getShort() & 0xFFFF;
                int length = message.getShort() & 0xFFFF;
                if (type == SERVER_NAME) {
                    return Optional.of(hostName(message));
                }
                skip(message, length);
            }
            return Optional.empty();
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new IOException("the TLS greeting makes no sense", e);
        }
    }

    private static String hostName(ByteBuffer extension) throws IOException {
        extension.getShort(); // of the list
        if (extension.get() != HOST_NAME) {
            throw new IOException("the TLS greeting names something other than a host");
        }
        byte[] name = new byte[extension.getShort() & 0xFFFF];
        extension.get(name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    private static int length24(ByteBuffer buffer) {
        return (buffer.get() & 0xFF) << 16 | (buffer.get() & 0xFF) << 8 | (buffer.get() & 0xFF);
    }

    private static void skip(ByteBuffer buffer, int bytes) throws EOFException {
        if (bytes > buffer.remaining()) {
            throw new EOFException("the TLS greeting ends too early");
        }
        buffer.position(buffer.position() + bytes);
    }
}
