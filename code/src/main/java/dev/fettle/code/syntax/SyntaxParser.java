package dev.fettle.code.syntax;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;

/// Parses one text after another, for one thread at a time. Texts are UTF-8.
///
/// Grammars are generated code with hand-written scanners in it, so none is trusted to end: tree-sitter asks
/// now and then whether to go on, and is told no when the time is over or the thread is interrupted.
@SuppressWarnings("restricted")
public final class SyntaxParser implements AutoCloseable {
    /// Longer ones are refused.
    public static final int MOST_BYTES = 1024 * 1024;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment parser;
    private final MemorySegment text = arena.allocate(MOST_BYTES);
    private final MemorySegment node = arena.allocate(TreeSitter.NODE);
    private final MemorySegment cursor = arena.allocate(TreeSitter.CURSOR);
    private final MemorySegment input = arena.allocate(TreeSitter.INPUT);
    private final MemorySegment options = arena.allocate(TreeSitter.OPTIONS);
    private final SegmentAllocator inNode = (_, _) -> node;
    private final SegmentAllocator inCursor = (_, _) -> cursor;
    private final SyntaxTree tree = new SyntaxTree();
    private final long patienceNanos;
    private int[] open = new int[256];
    private int length;
    private long startedNanos;

    /// A parser.
    ///
    /// @param patience how long one text may take
    public SyntaxParser(Duration patience) {
        this.patienceNanos = patience.toNanos();
        try {
            parser = (MemorySegment) TreeSitter.PARSER_NEW.invokeExact();
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MemorySegment read = Linker.nativeLinker()
                    .upcallStub(
                            lookup.bind(
                                    this,
                                    "read",
                                    MethodType.methodType(
                                            MemorySegment.class,
                                            MemorySegment.class,
                                            int.class,
                                            MemorySegment.class,
                                            MemorySegment.class)),
                            TreeSitter.READ,
                            arena);
            MemorySegment progress = Linker.nativeLinker()
                    .upcallStub(
                            lookup.bind(this, "isOver", MethodType.methodType(boolean.class, MemorySegment.class)),
                            TreeSitter.PROGRESS,
                            arena);
            input.set(ADDRESS, 8, read);
            options.set(ADDRESS, 8, progress);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        } catch (Throwable e) {
            throw Trouble.with(e);
        }
    }

    /// Called by tree-sitter for the text from an offset on.
    @SuppressWarnings("unused")
    private MemorySegment read(MemorySegment payload, int offset, MemorySegment point, MemorySegment bytesRead) {
        int from = Math.min(offset, length);
        bytesRead.reinterpret(4).set(JAVA_INT, 0, length - from);
        return text.asSlice(from);
    }

    /// Called by tree-sitter now and then.
    @SuppressWarnings("unused")
    private boolean isOver(MemorySegment state) {
        return System.nanoTime() - startedNanos > patienceNanos
                || Thread.currentThread().isInterrupted();
    }

    /// The tree of a text; empty if parsing took too long. It is overwritten by the next one.
    ///
    /// @param query what will be asked of the tree: signs and keywords it does not name are left out
    public Optional<SyntaxTree> parse(Grammar grammar, byte[] source, Query query) throws InterruptedException {
        return parse(grammar, source, query::wants);
    }

    /// The same with all signs and keywords.
    public Optional<SyntaxTree> parse(Grammar grammar, byte[] source) throws InterruptedException {
        return parse(grammar, source, _ -> true);
    }

    private Optional<SyntaxTree> parse(Grammar grammar, byte[] source, IntPredicate signs) throws InterruptedException {
        if (source.length > MOST_BYTES) {
            throw new IllegalArgumentException("%,d bytes are too many to parse".formatted(source.length));
        }
        MemorySegment.copy(source, 0, text, JAVA_BYTE, 0, source.length);
        length = source.length;
        startedNanos = System.nanoTime();
        try {
            if (!(boolean) TreeSitter.PARSER_SET_LANGUAGE.invokeExact(parser, grammar.pointer())) {
                throw new IllegalArgumentException("This tree-sitter is too old for the grammar");
            }
            MemorySegment parsed =
                    (MemorySegment) TreeSitter.PARSER_PARSE.invokeExact(parser, MemorySegment.NULL, input, options);
            if (parsed.equals(MemorySegment.NULL)) {
                TreeSitter.PARSER_RESET.invokeExact(parser);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                return Optional.empty();
            }
            try {
                copy(grammar, parsed, signs);
            } finally {
                TreeSitter.TREE_DELETE.invokeExact(parsed);
            }
            return Optional.of(tree);
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            throw Trouble.with(e);
        }
    }

    private void copy(Grammar grammar, MemorySegment parsed, IntPredicate signs) throws Throwable {
        MemorySegment root = (MemorySegment) TreeSitter.TREE_ROOT.invokeExact(inNode, parsed);
        tree.clear((boolean) TreeSitter.NODE_HAS_ERROR.invokeExact(root));
        MemorySegment at = (MemorySegment) TreeSitter.CURSOR_NEW.invokeExact(inCursor, root);
        try {
            walk(grammar, at, signs);
        } finally {
            TreeSitter.CURSOR_DELETE.invokeExact(at);
        }
    }

    private void walk(Grammar grammar, MemorySegment at, IntPredicate signs) throws Throwable {
        int depth = 0;
        while (true) {
            push(depth, visit(grammar, at, signs));
            if ((boolean) TreeSitter.CURSOR_CHILD.invokeExact(at)) {
                depth++;
                continue;
            }
            close(depth);
            while (!(boolean) TreeSitter.CURSOR_SIBLING.invokeExact(at)) {
                if (depth == 0 || !(boolean) TreeSitter.CURSOR_PARENT.invokeExact(at)) {
                    return;
                }
                close(--depth);
            }
        }
    }

    /// Copies the node at the cursor, if it counts.
    ///
    /// @return its number; -1 if it does not count
    private int visit(Grammar grammar, MemorySegment at, IntPredicate signs) throws Throwable {
        MemorySegment here = (MemorySegment) TreeSitter.CURSOR_NODE.invokeExact(inNode, at);
        int kind = Short.toUnsignedInt((short) TreeSitter.NODE_SYMBOL.invokeExact(here));
        if (!grammar.isNamed(kind) && !signs.test(kind)) {
            return -1;
        }
        return tree.add(
                kind,
                (short) TreeSitter.CURSOR_FIELD.invokeExact(at),
                (int) TreeSitter.NODE_START.invokeExact(here),
                (int) TreeSitter.NODE_END.invokeExact(here));
    }

    private void push(int depth, int number) {
        if (depth == open.length) {
            open = Arrays.copyOf(open, depth * 2);
        }
        open[depth] = number;
    }

    private void close(int depth) {
        if (open[depth] >= 0) {
            tree.close(open[depth]);
        }
    }

    @Override
    public void close() {
        try {
            TreeSitter.PARSER_DELETE.invokeExact(parser);
        } catch (Throwable e) {
            throw Trouble.with(e);
        } finally {
            arena.close();
        }
    }
}
