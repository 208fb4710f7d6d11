package dev.fettle.code.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A text and where its lines are.
public final class SourceText {
    private final byte[] bytes;
    private final int[] lineStarts;
    private final int longestLine;

    public SourceText(byte[] bytes) {
        this.bytes = bytes;
        int[] starts = new int[64];
        int lines = 1;
        int longest = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                longest = Math.max(longest, i - starts[lines - 1]);
                if (lines == starts.length) {
                    starts = Arrays.copyOf(starts, lines * 2);
                }
                starts[lines++] = i + 1;
            }
        }
        // What follows the last line end is a line only if there is something.
        boolean isEnded = bytes.length > 0 && bytes[bytes.length - 1] == '\n';
        this.longestLine = Math.max(longest, bytes.length - starts[lines - 1]);
        this.lineStarts = Arrays.copyOf(starts, isEnded || bytes.length == 0 ? lines - 1 : lines);
    }

    byte[] bytes() {
        return bytes;
    }

    int lines() {
        return lineStarts.length;
    }

    /// In bytes.
    int longestLine() {
        return longestLine;
    }

    /// The line of a byte, from 1.
    public int line(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return Math.max(1, found >= 0 ? found + 1 : -found - 1);
    }

    String slice(int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }
}
