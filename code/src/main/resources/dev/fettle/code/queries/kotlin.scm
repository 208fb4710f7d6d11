(package_header (identifier) @name) @definition.module
(import_header (identifier) @import)

(class_declaration "interface" (type_identifier) @name (class_body) @body) @definition.interface
(class_declaration "interface" (type_identifier) @name) @definition.interface
(class_declaration "enum" (type_identifier) @name (enum_class_body) @body) @definition.enum
(class_declaration (type_identifier) @name (class_body) @body) @definition.class
(class_declaration (type_identifier) @name) @definition.class
(object_declaration (type_identifier) @name (class_body) @body) @definition.class
(object_declaration (type_identifier) @name) @definition.class
(function_declaration (simple_identifier) @name (function_body) @body) @definition.function
(function_declaration (simple_identifier) @name) @definition.function
(class_body (property_declaration (variable_declaration (simple_identifier) @name)) @definition.field)
(source_file (property_declaration (variable_declaration (simple_identifier) @name)) @definition.variable)
(class_parameter (simple_identifier) @name) @definition.field
(enum_entry (simple_identifier) @name) @definition.constant
(type_alias (type_identifier) @name) @definition.type

(source_file (function_declaration (simple_identifier) @entry (#eq? @entry "main")))

(call_expression (simple_identifier) @reference.call)
(call_expression (navigation_expression (navigation_suffix (simple_identifier) @reference.call)))
(user_type (type_identifier) @reference.type)
(navigation_expression (simple_identifier) @reference.use (#match? @reference.use "^[A-Z]"))
(navigation_suffix (simple_identifier) @reference.use)

[(if_expression) (for_statement) (while_statement) (do_while_statement) (catch_block) (when_entry)
 (conjunction_expression) (disjunction_expression) (elvis_expression)] @branch
