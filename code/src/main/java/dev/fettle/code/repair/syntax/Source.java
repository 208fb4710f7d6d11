package dev.fettle.code.repair.syntax;

import dev.fettle.code.source.SourceText;
import dev.fettle.code.syntax.Grammar;
import dev.fettle.code.syntax.SyntaxParser;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.BitSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file that may be wrong. A file that does not fit its grammar is none: nothing is known of its
/// parts.
public final class Source {
    private static final Logger LOG = LoggerFactory.getLogger(Source.class);

    /// What people write by hand is shorter; generated code is not mended by hand.
    private static final int LONGEST = 200_000;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

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
    public static Optional<Source> of(String path, byte[] bytes) throws InterruptedException {
        Optional<Dialect> dialect = bytes.length > LONGEST ? Optional.empty() : Dialect.of(path);
        return dialect.isEmpty()
                ? Optional.empty()
                : parsed(dialect.get(), bytes).map(root -> new Source(path, dialect.get(), bytes, root));
    }

    private static Optional<Node> parsed(Dialect dialect, byte[] bytes) throws InterruptedException {
        try (SyntaxParser parser = new SyntaxParser(PATIENCE)) {
            Grammar grammar = Grammar.of(dialect.language().word());
            return parser.parse(grammar, bytes)
                    .filter(tree -> !tree.hasError())
                    .map(tree -> Node.root(grammar, tree, new SourceText(bytes)));
        } catch (LinkageError | IllegalArgumentException e) {
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
