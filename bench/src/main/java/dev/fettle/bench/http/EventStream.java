package dev.fettle.bench.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A stream of events that stays open. It knows just enough of HTTP for answers in chunks.
final class EventStream implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private int left;

    /// An event; `id` is empty if it has none.
    record Told(String id, String name, String data) {}

    EventStream(Server server, String path) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        in = new BufferedInputStream(socket.getInputStream(), 1 << 12);
        socket.getOutputStream().write(Connection.request("GET", path, server.key(), ""));
        String status = Connection.line(in);
        while (!Connection.line(in).isEmpty()) {
            // None of them is needed.
        }
        if (!status.contains(" 200 ")) {
            throw new IOException("The stream is refused: " + status);
        }
        // What comes first says that the server reads the log for this client by now.
        line();
    }

    Told next() throws IOException {
        String id = "";
        String name = "";
        while (true) {
            String line = line();
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ")) {
                return new Told(id, name, line.substring(6));
            }
        }
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        for (int next = content(); next != '\n'; next = content()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private int content() throws IOException {
        if (left == 0) {
            String size = Connection.line(in);
            left = Integer.parseInt(size.isEmpty() ? Connection.line(in) : size, 16);
            if (left == 0) {
                throw new EOFException("The stream has ended");
            }
        }
        left--;
        return in.read();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
