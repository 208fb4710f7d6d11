(package_declaration [(scoped_identifier) (identifier)] @name) @definition.module
(import_declaration [(scoped_identifier) (identifier)] @import)

(class_declaration name: (identifier) @name body: (class_body) @body) @definition.class
(interface_declaration name: (identifier) @name body: (interface_body) @body) @definition.interface
(annotation_type_declaration name: (identifier) @name body: (annotation_type_body) @body) @definition.interface
(enum_declaration name: (identifier) @name body: (enum_body) @body) @definition.enum
(record_declaration name: (identifier) @name body: (class_body) @body) @definition.record
(method_declaration name: (identifier) @name body: (block) @body) @definition.method
(method_declaration name: (identifier) @name) @definition.method
(constructor_declaration name: (identifier) @name body: (constructor_body) @body) @definition.constructor
(compact_constructor_declaration name: (identifier) @name body: (block) @body) @definition.constructor
(field_declaration declarator: (variable_declarator name: (identifier) @name)) @definition.field
(constant_declaration declarator: (variable_declarator name: (identifier) @name)) @definition.constant
(enum_constant name: (identifier) @name) @definition.constant

(method_declaration (modifiers "static") type: (void_type) name: (identifier) @entry (#eq? @entry "main"))

(method_invocation name: (identifier) @reference.call)
(method_reference (_) (identifier) @reference.call)
(object_creation_expression type: (type_identifier) @reference.call)
(object_creation_expression type: (generic_type (type_identifier) @reference.call))
(type_identifier) @reference.type
(method_invocation object: (identifier) @reference.use (#match? @reference.use "^[A-Z]"))
(field_access object: (identifier) @reference.use (#match? @reference.use "^[A-Z]"))
(field_access field: (identifier) @reference.use)
(marker_annotation name: (identifier) @reference.type)
(annotation name: (identifier) @reference.type)

[(if_statement) (for_statement) (enhanced_for_statement) (while_statement) (do_statement) (catch_clause)
 (ternary_expression) (switch_label)] @branch
(binary_expression operator: ["&&" "||"]) @branch
