package dev.fettle.code.syntax;

import java.util.Arrays;

/// A syntax tree in a few arrays. Nodes are numbers in the order of the text, each before what it contains;
/// the root is 0. Signs and keywords are left out unless a query asks for them.
public final class SyntaxTree {
    private static final int FIRST_ROOM = 1024;

    private int size;
    private int[] kinds = new int[FIRST_ROOM];
    private int[] fields = new int[FIRST_ROOM];
    private int[] starts = new int[FIRST_ROOM];
    private int[] ends = new int[FIRST_ROOM];
    private int[] nexts = new int[FIRST_ROOM];
    private boolean hasError;

    SyntaxTree() {}

    /// Forgets everything, to be filled again: one tree after another in the same arrays.
    void clear(boolean isBroken) {
        size = 0;
        hasError = isBroken;
    }

    int add(int kind, int field, int start, int end) {
        if (size == kinds.length) {
            kinds = Arrays.copyOf(kinds, size * 2);
            fields = Arrays.copyOf(fields, size * 2);
            starts = Arrays.copyOf(starts, size * 2);
            ends = Arrays.copyOf(ends, size * 2);
            nexts = Arrays.copyOf(nexts, size * 2);
        }
        kinds[size] = kind;
        fields[size] = field;
        starts[size] = start;
        ends[size] = end;
        return size++;
    }

    /// Says that what was added since is inside a node.
    void close(int node) {
        nexts[node] = size;
    }

    public int size() {
        return size;
    }

    /// Whether some of the text does not fit the grammar.
    public boolean hasError() {
        return hasError;
    }

    /// What a node is, by its number in the grammar.
    public int kind(int node) {
        return kinds[node];
    }

    /// The field a node is of in its parent; 0 for none.
    public int field(int node) {
        return fields[node];
    }

    /// The byte a node begins with.
    public int start(int node) {
        return starts[node];
    }

    /// The byte behind a node.
    public int end(int node) {
        return ends[node];
    }

    /// The first node that is not inside this one; children are `node + 1`, `next(node + 1)` and so on up to
    /// it.
    public int next(int node) {
        return nexts[node];
    }
}
