package dev.fettle.tools.text;

import dev.fettle.core.tool.ToolException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/// A file's content as text that can be written back byte for byte.
///
/// @param text with the file's own line ends, without its byte order mark
/// @param hasMark whether the file begins with a byte order mark
public record TextFile(String text, Charset charset, boolean hasMark) {
    private static final int SAMPLE = 8000;

    /// UTF-8, or UTF-16 if it says so, or else Latin-1, in which every byte is a character and none gets lost.
    public static TextFile decode(byte[] content) {
        Charset marked = markedCharset(content).orElse(StandardCharsets.UTF_8);
        int mark = markOf(marked).length;
        boolean hasMark = markedCharset(content).isPresent();
        try {
            int from = hasMark ? mark : 0;
            CharBuffer text = marked.newDecoder().decode(ByteBuffer.wrap(content, from, content.length - from));
            return new TextFile(text.toString(), marked, hasMark);
        } catch (CharacterCodingException e) {
            return new TextFile(new String(content, StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1, false);
        }
    }

    /// What the byte order mark at the beginning says, if there is one.
    public static Optional<Charset> markedCharset(byte[] start) {
        return Stream.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)
                .filter(charset -> startsWith(start, markOf(charset)))
                .findFirst();
    }

    /// Whether content that begins like this is no text: it has a zero byte, as git decides it too.
    public static boolean isBinary(byte[] start) {
        if (!markedCharset(start).orElse(StandardCharsets.UTF_8).equals(StandardCharsets.UTF_8)) {
            return false;
        }
        for (int i = 0; i < Math.min(start.length, SAMPLE); i++) {
            if (start[i] == 0) {
                return true;
            }
        }
        return false;
    }

    public TextFile withText(String changed) {
        return new TextFile(changed, charset, hasMark);
    }

    /// The bytes to write to `path`.
    ///
    /// @throws ToolException if the file's encoding has no such character
    public byte[] encode(String path) {
        CharsetEncoder encoder = charset.newEncoder().onUnmappableCharacter(CodingErrorAction.REPORT);
        try {
            ByteBuffer bytes = encoder.encode(CharBuffer.wrap(text));
            byte[] mark = hasMark ? markOf(charset) : new byte[0];
            byte[] content = Arrays.copyOf(mark, mark.length + bytes.remaining());
            bytes.get(content, mark.length, bytes.remaining());
            return content;
        } catch (CharacterCodingException e) {
            throw new ToolException(
                    "%s is encoded in %s, which has no `%s`. Use other characters, or convert the file first."
                            .formatted(path, charset, firstUnmappable()));
        }
    }

    private String firstUnmappable() {
        CharsetEncoder encoder = charset.newEncoder();
        return text.codePoints()
                .mapToObj(Character::toString)
                .filter(character -> !encoder.canEncode(character))
                .findFirst()
                .orElse("\uFFFD");
    }

    /// The line end most lines of this file have.
    public String lineEnd() {
        long all = text.chars().filter(c -> c == '\n').count();
        long windows = 0;
        for (int at = text.indexOf("\r\n"); at >= 0; at = text.indexOf("\r\n", at + 2)) {
            windows++;
        }
        return windows * 2 > all ? "\r\n" : "\n";
    }

    private static byte[] markOf(Charset charset) {
        return "\uFEFF".getBytes(charset);
    }

    private static boolean startsWith(byte[] content, byte[] start) {
        return content.length >= start.length && Arrays.equals(content, 0, start.length, start, 0, start.length);
    }
}
