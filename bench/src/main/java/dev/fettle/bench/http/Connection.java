package dev.fettle.bench.http;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// One connection to the server that stays open, and costs its process next to nothing: it knows just enough of HTTP
/// for answers that say their length.
final class Connection implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    Connection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
    }

    /// An answer.
    record Reply(int status, String body) {}

    static byte[] request(String method, String path, String key, String body) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head = "%s %s HTTP/1.1\r\nHost: localhost\r\nX-API-Key: %s\r\n%sContent-Length: %d\r\n\r\n"
                .formatted(
                        method,
                        path,
                        key,
                        content.length == 0 ? "" : "Content-Type: application/json\r\n",
                        content.length);
        return (head + body).getBytes(StandardCharsets.UTF_8);
    }

    void send(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
    }

    Reply exchange(byte[] request) throws IOException {
        send(request);
        int status = Integer.parseInt(line(in).substring(9, 12));
        int length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        return new Reply(status, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    /// A line of an answer's head.
    static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("The server hung up");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
