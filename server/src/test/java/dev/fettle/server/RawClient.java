package dev.fettle.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A client that sends any bytes at all, and waits five seconds at most.
final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MS = 5_000;

    final Socket socket;
    private final InputStream in;

    record Response(int status, List<String> headers, String body) {
        Optional<String> header(String name) {
            return headers.stream()
                    .filter(each -> each.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(each -> each.substring(name.length() + 1).strip())
                    .findFirst();
        }
    }

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    static Response exchange(int port, String request) throws IOException {
        return exchange(port, request.getBytes(StandardCharsets.ISO_8859_1));
    }

    static Response exchange(int port, byte[] request) throws IOException {
        try (RawClient client = new RawClient(port)) {
            client.send(request);
            return client.receive();
        }
    }

    /// A request to `localhost` with these further header lines.
    static String request(String methodAndPath, String... headers) {
        StringBuilder text = new StringBuilder(methodAndPath).append(" HTTP/1.1\r\nHost: localhost\r\n");
        Arrays.stream(headers).forEach(each -> text.append(each).append("\r\n"));
        return text.append("\r\n").toString();
    }

    static String post(String path, String body, String... headers) {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type: application/json";
        all[headers.length + 1] = "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length;
        return request("POST " + path, all)
                + new String(body.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Response receive() throws IOException {
        Response head = receiveHead();
        if (head.status() == 204 || head.status() == 304) {
            return head;
        }
        if (head.header("Transfer-Encoding").orElse("").equals("chunked")) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
                body.write(in.readNBytes(size));
                line();
            }
            line();
            return new Response(head.status(), head.headers(), body.toString(StandardCharsets.UTF_8));
        }
        int length = head.header("Content-Length").map(Integer::parseInt).orElse(0);
        return new Response(head.status(), head.headers(), new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    Response receiveHead() throws IOException {
        String status = line();
        if (!status.startsWith("HTTP/1.1 ")) {
            throw new IOException("Not a status line: `" + status + "`");
        }
        List<String> headers = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            headers.add(line);
        }
        return new Response(Integer.parseInt(status.substring(9, 12)), headers, "");
    }

    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c == -1) {
                throw new IOException("The server hung up after `" + line + "`");
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    /// Whether the server closes the connection, within the client's patience.
    boolean isClosed() {
        try {
            return in.read() == -1;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
