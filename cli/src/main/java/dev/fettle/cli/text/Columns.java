package dev.fettle.cli.text;

import org.jline.utils.WCWidth;

/// How many columns text takes on a terminal: two for what East Asia writes wide and for emoji, none for marks that
/// combine with what is before them. A sequence that is shown as one picture counts as one.
public final class Columns {
    /// Combining marks begin here; below, every printable character is a column of its own.
    private static final int SIMPLE = 0x300;

    /// A family with its skin tones has 20 chars; marks piled up higher are cut.
    private static final int LONGEST_CLUSTER = 40;

    private Columns() {}

    /// Of a text without line ends and control characters.
    public static int of(String text) {
        int columns = 0;
        for (int at = 0; at < text.length(); ) {
            int end = clusterEnd(text, at);
            columns += ofCluster(text, at);
            at = end;
        }
        return columns;
    }

    /// Of what a reader takes for one character and which begins here.
    public static int ofCluster(String text, int at) {
        char first = text.charAt(at);
        return first < SIMPLE && isSimple(text, at + 1)
                ? 1
                : isIdeograph(first) && isSimple(text, at + 1)
                        ? 2
                        : Math.max(0, WCWidth.wcwidthForGraphemeCluster(window(text, at), 0));
    }

    /// Where it ends. The library finds that slowly, so that it is only asked where it makes a difference.
    public static int clusterEnd(String text, int at) {
        char first = text.charAt(at);
        return (first < SIMPLE || isIdeograph(first)) && isSimple(text, at + 1)
                ? at + 1
                : at + Math.max(1, WCWidth.charCountForGraphemeCluster(window(text, at), 0));
    }

    /// Whether lines may be broken before and after a character without there being a space.
    public static boolean isIdeograph(char c) {
        return (c >= 0x3041 && c <= 0x3096) || (c >= 0x30A1 && c <= 0x30FA) || (c >= 0x3400 && c <= 0x9FFF);
    }

    /// The library looks at all that it is given, for each character anew.
    private static String window(String text, int at) {
        return text.substring(at, Math.min(text.length(), at + LONGEST_CLUSTER));
    }

    private static boolean isSimple(String text, int at) {
        return at >= text.length() || text.charAt(at) < SIMPLE || isIdeograph(text.charAt(at));
    }

    /// As much of a line as there is room for, with an ellipsis for the rest.
    public static String fitting(String line, int room) {
        if (of(line) <= room) {
            return line;
        }
        int taken = 0;
        int at = 0;
        while (at < line.length() && taken + ofCluster(line, at) < room) {
            taken += ofCluster(line, at);
            at = clusterEnd(line, at);
        }
        return line.substring(0, at) + "…";
    }
}
