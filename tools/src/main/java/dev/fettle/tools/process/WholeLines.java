package dev.fettle.tools.process;

/// Puts pieces of text together until there are many whole lines, so that nothing that stands on a line, or
/// in a private key of several lines, is looked at in halves.
final class WholeLines {
    private static final int MANY = 64 * 1024;
    /// A line that is longer, or a key, is cut.
    private static final int MOST = 4 * MANY;

    private static final String KEY_BEGINS = "-----BEGIN ";
    private static final String KEY_ENDS = "-----END ";

    private final StringBuilder text = new StringBuilder();

    void append(String piece) {
        text.append(piece);
    }

    /// What can be looked at; empty until there is enough.
    String take() {
        if (text.length() < MANY) {
            return "";
        }
        int end = text.lastIndexOf("\n") + 1;
        int key = text.lastIndexOf(KEY_BEGINS, end);
        if (key >= 0 && text.indexOf(KEY_ENDS, key) < 0) {
            end = text.lastIndexOf("\n", key) + 1;
        }
        return take(end == 0 && text.length() >= MOST ? text.length() : end);
    }

    String takeAll() {
        return take(text.length());
    }

    private String take(int end) {
        String taken = text.substring(0, end);
        text.delete(0, end);
        return taken;
    }
}
