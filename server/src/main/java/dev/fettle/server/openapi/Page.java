package dev.fettle.server.openapi;

import dev.fettle.server.exchange.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/// The page that shows the document. Its style and its script are part of it, and the only ones that
/// browsers run: they are named by their hashes.
record Page(String html, String policy) {

    static Page read() {
        String style = resource("docs.css");
        String script = resource("docs.js");
        return new Page(
                resource("docs.html").replace("/*style*/", style).replace("/*script*/", script),
                "default-src 'none'; style-src '%s'; script-src '%s'; connect-src 'self'; frame-ancestors 'none'; "
                                .formatted(hash(style), hash(script))
                        + "base-uri 'none'; form-action 'none'");
    }

    Answer answer() {
        return Answer.text("text/html; charset=utf-8", html).with("Content-Security-Policy", policy);
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Page.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return "sha256-" + Base64.getEncoder().encodeToString(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
