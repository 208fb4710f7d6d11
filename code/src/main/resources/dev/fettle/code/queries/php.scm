(namespace_use_clause [(qualified_name) (name)] @import)
(include_expression (string) @import)
(include_once_expression (string) @import)
(require_expression (string) @import)
(require_once_expression (string) @import)

(namespace_definition name: (namespace_name) @name) @definition.module
(class_declaration name: (name) @name body: (declaration_list) @body) @definition.class
(interface_declaration name: (name) @name body: (declaration_list) @body) @definition.interface
(trait_declaration name: (name) @name body: (declaration_list) @body) @definition.trait
(enum_declaration name: (name) @name body: (enum_declaration_list) @body) @definition.enum
(enum_case name: (name) @name) @definition.constant
(method_declaration name: (name) @name body: (compound_statement) @body
  (#eq? @name "__construct")) @definition.constructor
(method_declaration name: (name) @name body: (compound_statement) @body) @definition.method
(method_declaration name: (name) @name) @definition.method
(function_definition name: (name) @name body: (compound_statement) @body) @definition.function
(property_declaration (property_element name: (variable_name (name) @name))) @definition.field
(const_declaration (const_element (name) @name)) @definition.constant

(function_call_expression function: (name) @reference.call)
(function_call_expression function: (qualified_name (name) @reference.call))
(member_call_expression name: (name) @reference.call)
(scoped_call_expression name: (name) @reference.call)
(scoped_call_expression scope: (name) @reference.use)
(object_creation_expression (name) @reference.call)
(base_clause (name) @reference.type)
(class_interface_clause (name) @reference.type)
(named_type (name) @reference.type)
(member_access_expression name: (name) @reference.use)

[(if_statement) (else_if_clause) (for_statement) (foreach_statement) (while_statement) (do_statement) (case_statement)
 (catch_clause) (conditional_expression) (match_conditional_expression)] @branch
(binary_expression operator: ["&&" "||" "??" "and" "or"]) @branch
