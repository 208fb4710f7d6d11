package dev.fettle.code.repair.syntax;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.treesitter.TSParser;
import org.treesitter.TSTree;

/// A file that may be wrong. A file that does not fit its grammar is none: nothing is known of its
/// parts.
public final class Source {
    private static final Logger LOG = LoggerFactory.getLogger(Source.class);

    /// What people write by hand is shorter; generated code is not mended by hand.
    private static final int LONGEST = 200_000;

    private final String path;
    private final Dialect dialect;
    private final byte[] bytes;
    private final Node root;

    private Source(String path, Dialect dialect, byte[] bytes, Node root) {
        this.path = path;
        this.dialect = dialect;
        this.bytes = bytes;
        this.root = root;
    }

    /// Reads a file; empty if its language is not known, or it is not of that language.
    public static Optional<Source> of(String path, byte[] bytes) {
        Optional<Dialect> dialect = bytes.length > LONGEST ? Optional.empty() : Dialect.of(path);
        return dialect.flatMap(each -> parsed(each, bytes).map(root -> new Source(path, each, bytes, root)));
    }

    private static Optional<Node> parsed(Dialect dialect, byte[] bytes) {
        try (TSParser parser = new TSParser()) {
            parser.setLanguage(dialect.grammar());
            try (TSTree tree = parser.parseString(null, shadow(bytes))) {
                return tree.getRootNode().hasError()
                        ? Optional.empty()
                        : Optional.of(Node.copy(tree.getRootNode(), null, 0));
            }
        } catch (LinkageError e) {
            LOG.warn("Source cannot be parsed here, so nothing is repaired: {}", e.toString());
            return Optional.empty();
        }
    }

    public String path() {
        return path;
    }

    public Dialect dialect() {
        return dialect;
    }

    /// What it holds, not to be written to.
    public byte[] bytes() {
        return bytes;
    }

    public Node root() {
        return root;
    }

    /// The same in ASCII, a letter for each other byte, so that places in the tree are places in the file.
    private static String shadow(byte[] bytes) {
        char[] shadow = new char[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            shadow[i] = bytes[i] >= 0 && bytes[i] < 127 ? (char) bytes[i] : '_';
        }
        return new String(shadow);
    }

    public String text(Node node) {
        return text(node.start(), node.end());
    }

    public String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /// The lines of its functions of these names.
    public BitSet linesOf(Set<String> names) {
        BitSet lines = new BitSet();
        root.each(node -> {
            if (node.is(Kinds.FUNCTION)
                    && node.part("name").map(this::text).filter(names::contains).isPresent()) {
                lines.set(node.line(), node.line() + (int) text(node).lines().count());
            }
        });
        return lines;
    }

    /// What stands between two nodes.
    public String between(Node one, Node other) {
        return text(one.end(), other.start());
    }

    /// Where the line of a place begins.
    public int lineStart(int place) {
        int start = place;
        while (start > 0 && bytes[start - 1] != '\n') {
            start--;
        }
        return start;
    }

    /// Where the line after that of a place begins.
    public int nextLine(int place) {
        int end = place;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        return Math.min(end + 1, bytes.length);
    }

    /// The blanks that the line of a place begins with.
    public String indent(int place) {
        int start = lineStart(place);
        int end = start;
        while (end < bytes.length && (bytes[end] == ' ' || bytes[end] == '\t')) {
            end++;
        }
        return text(start, end);
    }

    /// Whether a node has its lines to itself.
    public boolean isAlone(Node node) {
        return text(lineStart(node.start()), node.start()).isBlank()
                && text(node.end(), nextLine(node.end())).isBlank();
    }
}
