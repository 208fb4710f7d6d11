package dev.fettle.code.syntax;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The grammar of one language: what kinds of nodes its trees have, by number.
@SuppressWarnings("restricted")
public final class Grammar {
    private static final int REGULAR = 0;
    private static final Map<String, Grammar> LOADED = new ConcurrentHashMap<>();

    private final MemorySegment pointer;
    private final boolean[] named;

    private Grammar(MemorySegment pointer) {
        this.pointer = pointer;
        this.named = named(pointer);
    }

    /// The grammar of this name, as in `c-sharp`; loaded once.
    ///
    /// @throws LinkageError or IllegalArgumentException if there is no library for this machine
    public static Grammar of(String name) {
        return LOADED.computeIfAbsent(name, Grammar::load);
    }

    private static Grammar load(String name) {
        try {
            return new Grammar((MemorySegment) TreeSitter.handle(
                            TreeSitter.library("tree-sitter-" + name),
                            "tree_sitter_" + name.replace('-', '_'),
                            FunctionDescriptor.of(ADDRESS))
                    .invokeExact());
        } catch (Throwable e) {
            throw Trouble.with(e);
        }
    }

    private static boolean[] named(MemorySegment language) {
        try {
            boolean[] named = new boolean[(int) TreeSitter.SYMBOL_COUNT.invokeExact(language)];
            for (int i = 0; i < named.length; i++) {
                named[i] = (int) TreeSitter.SYMBOL_TYPE.invokeExact(language, (short) i) == REGULAR;
            }
            return named;
        } catch (Throwable e) {
            throw Trouble.with(e);
        }
    }

    MemorySegment pointer() {
        return pointer;
    }

    /// How many kinds of nodes there are.
    int kinds() {
        return named.length;
    }

    /// Whether nodes of a kind stand for a rule and not for a keyword or a sign. Broken parts are of a kind
    /// that no grammar counts.
    public boolean isNamed(int kind) {
        return kind >= named.length || named[kind];
    }

    /// What a kind of node is called; keywords and signs are called what they are.
    public String kindName(int kind) {
        try {
            return name((MemorySegment) TreeSitter.Names.OF_SYMBOL.invokeExact(pointer, (short) kind));
        } catch (Throwable e) {
            throw Trouble.with(e);
        }
    }

    /// What a field is called; empty for none.
    public String fieldName(int field) {
        try {
            return name((MemorySegment) TreeSitter.Names.OF_FIELD.invokeExact(pointer, (short) field));
        } catch (Throwable e) {
            throw Trouble.with(e);
        }
    }

    private static String name(MemorySegment text) {
        return text.equals(MemorySegment.NULL)
                ? ""
                : text.reinterpret(Long.MAX_VALUE).getString(0);
    }

    /// The number of a kind of node.
    ///
    /// @throws IllegalArgumentException if the grammar has none of that name
    int kind(String name, boolean isNamed) {
        return known(name, text ->
                (short) TreeSitter.SYMBOL_FOR_NAME.invokeExact(pointer, text, (int) text.byteSize() - 1, isNamed));
    }

    /// The number of a field.
    ///
    /// @throws IllegalArgumentException if the grammar has none of that name
    int field(String name) {
        return known(name, text ->
                (short) TreeSitter.FIELD_FOR_NAME.invokeExact(pointer, text, (int) text.byteSize() - 1));
    }

    private interface Numbering {
        short of(MemorySegment text) throws Throwable;
    }

    private static int known(String name, Numbering numbering) {
        try (Arena arena = Arena.ofConfined()) {
            int number = Short.toUnsignedInt(numbering.of(arena.allocateFrom(name)));
            if (number == 0) {
                throw new IllegalArgumentException("The grammar knows no `%s`".formatted(name));
            }
            return number;
        } catch (Throwable e) {
            throw Trouble.with(e);
        }
    }
}
