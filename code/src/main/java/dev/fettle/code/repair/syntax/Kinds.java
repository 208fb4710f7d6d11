package dev.fettle.code.repair.syntax;

import java.util.Set;

/// What the grammars call the same things. Their names hardly clash, so one set serves all languages.
public final class Kinds {
    public static final Set<String> BINARY =
            Set.of("binary_expression", "binary_operator", "boolean_operator", "comparison_operator");
    public static final Set<String> UNARY = Set.of("unary_expression", "unary_operator", "not_operator");
    public static final Set<String> CALL = Set.of(
            "method_invocation",
            "object_creation_expression",
            "explicit_constructor_invocation",
            "call",
            "call_expression",
            "new_expression");
    public static final Set<String> ARGUMENTS = Set.of("argument_list", "arguments");
    public static final Set<String> ASSIGNMENT =
            Set.of("assignment_expression", "augmented_assignment_expression", "augmented_assignment", "assignment");
    public static final Set<String> INTEGER = Set.of("decimal_integer_literal", "integer", "number");
    public static final Set<String> FRACTION = Set.of("decimal_floating_point_literal", "float");
    public static final Set<String> STRING = Set.of("string_literal", "string", "character_literal");
    public static final Set<String> BLOCK = Set.of("block", "statement_block", "constructor_body");
    public static final Set<String> LOOP =
            Set.of("for_statement", "while_statement", "enhanced_for_statement", "for_in_statement", "do_statement");
    public static final Set<String> FUNCTION = Set.of(
            "method_declaration",
            "constructor_declaration",
            "function_definition",
            "function_declaration",
            "function_expression",
            "generator_function_declaration",
            "method_definition",
            "arrow_function");
    /// No statements in the sense of something that is done here.
    public static final Set<String> DEFINITION = Set.of(
            "method_declaration",
            "function_definition",
            "function_declaration",
            "decorated_definition",
            "class_definition",
            "class_declaration",
            "local_variable_declaration",
            "lexical_declaration",
            "variable_declaration",
            "import_statement",
            "import_from_statement");
    public static final Set<String> INDEXED = Set.of("array_access", "subscript", "subscript_expression");
    public static final Set<String> MEMBER = Set.of("field_access", "attribute", "member_expression");

    private Kinds() {}
}
