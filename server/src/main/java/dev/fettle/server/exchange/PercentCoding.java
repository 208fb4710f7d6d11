package dev.fettle.server.exchange;

import dev.fettle.server.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Decodes percent-encoding (RFC 3986 §2.1) and takes no other spelling: half an escape, bad UTF-8 and
/// control characters are refused, since whatever is behind may read them differently.
public final class PercentCoding {
    private PercentCoding() {}

    /// The text that was encoded.
    ///
    /// @throws dev.fettle.server.problem.ProblemException with 400
    public static String decode(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                bytes.write(escape(encoded, i));
                i += 2;
            } else if (c > 0x20 && c < 0x7f) {
                bytes.write(c);
            } else {
                throw refused();
            }
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
            if (text.codePoints().anyMatch(Character::isISOControl)) {
                throw refused();
            }
            return text;
        } catch (CharacterCodingException e) {
            throw refused();
        }
    }

    private static int escape(String encoded, int at) {
        if (at + 2 >= encoded.length()) {
            throw refused();
        }
        int high = Character.digit(encoded.charAt(at + 1), 16);
        int low = Character.digit(encoded.charAt(at + 2), 16);
        if (high < 0 || low < 0) {
            throw refused();
        }
        return high << 4 | low;
    }

    private static RuntimeException refused() {
        return new Problem(400, "The address is not properly percent-encoded UTF-8.").exception();
    }
}
