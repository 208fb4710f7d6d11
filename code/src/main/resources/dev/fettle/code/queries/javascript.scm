(import_statement source: (string) @import)
(export_statement source: (string) @import)
(call_expression function: (identifier) @_require arguments: (arguments (string) @import) (#eq? @_require "require"))
(call_expression function: (import) arguments: (arguments (string) @import))

(class_declaration name: (identifier) @name body: (class_body) @body) @definition.class
(function_declaration name: (identifier) @name body: (statement_block) @body) @definition.function
(generator_function_declaration name: (identifier) @name body: (statement_block) @body) @definition.function
(method_definition name: (property_identifier) @name body: (statement_block) @body
  (#eq? @name "constructor")) @definition.constructor
(method_definition name: [(property_identifier) (private_property_identifier)] @name
  body: (statement_block) @body) @definition.method
(variable_declarator name: (identifier) @name value: (arrow_function body: (_) @body)) @definition.function
(variable_declarator name: (identifier) @name value: (function_expression body: (_) @body)) @definition.function
(assignment_expression left: (member_expression property: (property_identifier) @name)
  right: (function_expression body: (_) @body)) @definition.function
(assignment_expression left: (member_expression property: (property_identifier) @name)
  right: (arrow_function body: (_) @body)) @definition.function
(field_definition property: (property_identifier) @name) @definition.field
(program (lexical_declaration (variable_declarator name: (identifier) @name) @definition.variable))
(program (export_statement (lexical_declaration (variable_declarator name: (identifier) @name) @definition.variable)))
(program (variable_declaration (variable_declarator name: (identifier) @name) @definition.variable))

(program (function_declaration name: (identifier) @entry (#eq? @entry "main")))

(call_expression function: (identifier) @reference.call)
(call_expression function: (member_expression property: (property_identifier) @reference.call))
(new_expression constructor: (identifier) @reference.call)
(class_heritage (identifier) @reference.type)
(import_specifier name: (identifier) @reference.use)
(import_clause (identifier) @reference.use)
(member_expression object: (identifier) @reference.use (#match? @reference.use "^[A-Z]"))
(member_expression property: (property_identifier) @reference.use)
(jsx_opening_element name: (identifier) @reference.call (#match? @reference.call "^[A-Z]"))
(jsx_self_closing_element name: (identifier) @reference.call (#match? @reference.call "^[A-Z]"))

[(if_statement) (for_statement) (for_in_statement) (while_statement) (do_statement) (catch_clause)
 (ternary_expression) (switch_case)] @branch
(binary_expression operator: ["&&" "||" "??"]) @branch
