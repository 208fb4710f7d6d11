package dev.fettle.code.syntax;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import org.treesitter.utils.NativeUtils;

/// The functions of tree-sitter's C library (`tree_sitter/api.h`) that parsing takes, called directly: its
/// Java binding makes an object of every node, which costs more than parsing does.
@SuppressWarnings("restricted")
final class TreeSitter {
    static final StructLayout NODE = MemoryLayout.structLayout(
            MemoryLayout.sequenceLayout(4, JAVA_INT).withName("context"),
            ADDRESS.withName("id"),
            ADDRESS.withName("tree"));
    static final StructLayout CURSOR =
            MemoryLayout.structLayout(ADDRESS, ADDRESS, MemoryLayout.sequenceLayout(4, JAVA_INT));
    static final StructLayout POINT = MemoryLayout.structLayout(JAVA_INT, JAVA_INT);
    /// Payload, read function, encoding, decode function.
    static final StructLayout INPUT =
            MemoryLayout.structLayout(ADDRESS, ADDRESS, JAVA_INT, MemoryLayout.paddingLayout(4), ADDRESS);
    /// Payload, progress function.
    static final StructLayout OPTIONS = MemoryLayout.structLayout(ADDRESS, ADDRESS);
    /// What tree-sitter calls for more of the text: payload, offset, point, where to put the length.
    static final FunctionDescriptor READ = FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT, POINT, ADDRESS);
    /// What it calls now and then while it parses; `true` stops it.
    static final FunctionDescriptor PROGRESS = FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS);

    static final MethodHandle PARSER_NEW = handle("ts_parser_new", FunctionDescriptor.of(ADDRESS));
    static final MethodHandle PARSER_DELETE = handle("ts_parser_delete", FunctionDescriptor.ofVoid(ADDRESS));
    static final MethodHandle PARSER_RESET = handle("ts_parser_reset", FunctionDescriptor.ofVoid(ADDRESS));
    static final MethodHandle PARSER_SET_LANGUAGE =
            handle("ts_parser_set_language", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS, ADDRESS));
    static final MethodHandle PARSER_PARSE =
            handle("ts_parser_parse_with_options", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, INPUT, OPTIONS));
    static final MethodHandle TREE_ROOT = handle("ts_tree_root_node", FunctionDescriptor.of(NODE, ADDRESS));
    static final MethodHandle TREE_DELETE = handle("ts_tree_delete", FunctionDescriptor.ofVoid(ADDRESS));
    static final MethodHandle NODE_SYMBOL = handle("ts_node_symbol", FunctionDescriptor.of(JAVA_SHORT, NODE));
    static final MethodHandle NODE_START = handle("ts_node_start_byte", FunctionDescriptor.of(JAVA_INT, NODE));
    static final MethodHandle NODE_END = handle("ts_node_end_byte", FunctionDescriptor.of(JAVA_INT, NODE));
    static final MethodHandle NODE_HAS_ERROR = handle("ts_node_has_error", FunctionDescriptor.of(JAVA_BOOLEAN, NODE));
    static final MethodHandle CURSOR_NEW = handle("ts_tree_cursor_new", FunctionDescriptor.of(CURSOR, NODE));
    static final MethodHandle CURSOR_DELETE = handle("ts_tree_cursor_delete", FunctionDescriptor.ofVoid(ADDRESS));
    static final MethodHandle CURSOR_NODE = handle("ts_tree_cursor_current_node", FunctionDescriptor.of(NODE, ADDRESS));
    static final MethodHandle CURSOR_FIELD =
            handle("ts_tree_cursor_current_field_id", FunctionDescriptor.of(JAVA_SHORT, ADDRESS));
    static final MethodHandle CURSOR_CHILD =
            handle("ts_tree_cursor_goto_first_child", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS));
    static final MethodHandle CURSOR_SIBLING =
            handle("ts_tree_cursor_goto_next_sibling", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS));
    static final MethodHandle CURSOR_PARENT =
            handle("ts_tree_cursor_goto_parent", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS));
    static final MethodHandle SYMBOL_COUNT =
            handle("ts_language_symbol_count", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    static final MethodHandle SYMBOL_TYPE =
            handle("ts_language_symbol_type", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_SHORT));
    static final MethodHandle SYMBOL_FOR_NAME = handle(
            "ts_language_symbol_for_name", FunctionDescriptor.of(JAVA_SHORT, ADDRESS, ADDRESS, JAVA_INT, JAVA_BOOLEAN));
    static final MethodHandle FIELD_FOR_NAME =
            handle("ts_language_field_id_for_name", FunctionDescriptor.of(JAVA_SHORT, ADDRESS, ADDRESS, JAVA_INT));

    /// What only repair asks for: to link a function takes the JVM milliseconds.
    static final class Names {
        static final MethodHandle OF_SYMBOL =
                handle("ts_language_symbol_name", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_SHORT));
        static final MethodHandle OF_FIELD =
                handle("ts_language_field_name_for_id", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_SHORT));

        private Names() {}
    }

    private TreeSitter() {}

    /// The functions of a library that comes with a grammar, or with tree-sitter itself: `tree-sitter-java`.
    /// The library stays loaded.
    static SymbolLookup library(String name) {
        return SymbolLookup.libraryLookup(NativeUtils.libFile("lib/" + name), Arena.global());
    }

    static MethodHandle handle(SymbolLookup library, String name, FunctionDescriptor shape) {
        return Linker.nativeLinker().downcallHandle(library.findOrThrow(name), shape);
    }

    private static final class Library {
        static final SymbolLookup FUNCTIONS = library("tree-sitter");

        private Library() {}
    }

    private static MethodHandle handle(String name, FunctionDescriptor shape) {
        return handle(Library.FUNCTIONS, name, shape);
    }
}
