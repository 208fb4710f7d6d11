package dev.fettle.code.syntax;

/// A place in a tree where a pattern fits: nodes and what they are captured as.
public final class Match {
    /// More than any of our patterns captures.
    private static final int MOST = 16;

    private final int[] captures = new int[MOST];
    private final int[] nodes = new int[MOST];
    private int size;
    private int rule;

    Match() {}

    void push(int capture, int node) {
        captures[size] = capture;
        nodes[size++] = node;
    }

    void pop(int toSize) {
        size = toSize;
    }

    void begin(int number) {
        rule = number;
    }

    /// The number of the pattern, by its place in the query.
    public int rule() {
        return rule;
    }

    public int size() {
        return size;
    }

    /// The number of the i-th capture, for [Query#captures].
    public int capture(int i) {
        return captures[i];
    }

    public int node(int i) {
        return nodes[i];
    }
}
