package dev.fettle.tools.network;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a client asks of the proxy: a tunnel, or one request to pass on. Whatever has two readings is refused.
sealed interface ProxyRequest {
    int HTTP = 80;
    int HTTPS = 443;

    HostName host();

    /// `CONNECT host:443`.
    record Tunnel(HostName host) implements ProxyRequest {}

    /// `GET http://host/path`, in the words in which it is passed on.
    ///
    /// @param head its first line and headers, with the empty line
    /// @param bodyLength bytes that follow
    record Forward(HostName host, String head, long bodyLength) implements ProxyRequest {}

    /// A request that is not carried out; the message is for whoever made it.
    final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    int MOST_HEAD_BYTES = 16 * 1024;
    Pattern TUNNEL = Pattern.compile("CONNECT ([^ ]+):(\\d+) HTTP/1\\.[01]");
    Pattern FORWARD = Pattern.compile("([A-Z]{1,20}) http://([^/ :@?#]+)(?::(\\d+))?(/[^ #]*)? HTTP/1\\.[01]");
    Pattern HEADER = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*([^\\r\\n]*)");
    /// Headers about the connection to this proxy.
    Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "proxy-connection",
            "keep-alive",
            "proxy-authorization",
            "proxy-authenticate",
            "te",
            "trailer",
            "upgrade",
            "expect");

    /// Reads a request's head.
    ///
    /// @throws RefusedException if it cannot be carried out
    static ProxyRequest read(InputStream in) throws IOException {
        List<String> lines = head(in);
        String first = lines.getFirst();
        Matcher tunnel = TUNNEL.matcher(first);
        if (tunnel.matches()) {
            return new Tunnel(host(tunnel.group(1), tunnel.group(2), HTTPS));
        }
        Matcher forward = FORWARD.matcher(first);
        if (forward.matches()) {
            HostName host = host(forward.group(2), forward.group(3) == null ? "80" : forward.group(3), HTTP);
            String path = forward.group(4) == null ? "/" : forward.group(4);
            return forward(host, forward.group(1) + " " + path + " HTTP/1.1", lines.subList(1, lines.size()));
        }
        throw new RefusedException("only `CONNECT host:443` and `http://host/…` are carried out here");
    }

    private static HostName host(String name, String port, int expected) throws RefusedException {
        if (!port.equals(Integer.toString(expected))) {
            throw new RefusedException("port %s is not reached from here, only 80 and 443".formatted(port));
        }
        return HostName.of(name)
                .orElseThrow(() -> new RefusedException("`%s` is not a plain host name".formatted(name)));
    }

    private static Forward forward(HostName host, String first, List<String> headers) throws RefusedException {
        List<String> kept = new ArrayList<>(List.of(first));
        long length = 0;
        boolean hasHost = false;
        boolean hasLength = false;
        for (String line : headers) {
            Matcher header = HEADER.matcher(line);
            if (!header.matches()) {
                throw new RefusedException("a header makes no sense");
            }
            String name = header.group(1).toLowerCase(Locale.ROOT);
            String value = header.group(2).strip();
            switch (name) {
                case "host" -> {
                    if (hasHost || !(value.equals(host.text()) || value.equals(host.text() + ":80"))) {
                        throw new RefusedException("the Host header is not the host that is asked for");
                    }
                    hasHost = true;
                }
                case "content-length" -> {
                    if (hasLength || !value.matches("\\d{1,15}")) {
                        throw new RefusedException("the Content-Length makes no sense");
                    }
                    hasLength = true;
                    length = Long.parseLong(value);
                }
                case "transfer-encoding" -> throw new RefusedException("a body needs a Content-Length here");
                default -> {}
            }
            if (!HOP_BY_HOP.contains(name) && !name.equals("host")) {
                kept.add(line);
            }
        }
        kept.add("Host: " + host);
        kept.add("Connection: close");
        return new Forward(host, String.join("\r\n", kept) + "\r\n\r\n", length);
    }

    private static List<String> head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4) {
            int next = in.read();
            if (next < 0) {
                throw new RefusedException("the request ended before it was whole");
            }
            if (head.size() >= MOST_HEAD_BYTES) {
                throw new RefusedException("the request's head is longer than %d bytes".formatted(MOST_HEAD_BYTES));
            }
            head.write(next);
            matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        List<String> lines = List.of(text.substring(0, text.length() - 4).split("\r\n", -1));
        if (lines.stream().anyMatch(line -> line.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 127))) {
            throw new RefusedException("the request's head has characters that are none");
        }
        return lines;
    }
}
