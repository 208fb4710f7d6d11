(preproc_include path: (_) @import)
(using_declaration [(identifier) (qualified_identifier)] @import)

(namespace_definition name: (_) @name body: (declaration_list) @body) @definition.module
(class_specifier name: (type_identifier) @name body: (field_declaration_list) @body) @definition.class
(struct_specifier name: (type_identifier) @name body: (field_declaration_list) @body) @definition.struct
(union_specifier name: (type_identifier) @name body: (field_declaration_list) @body) @definition.struct
(enum_specifier name: (type_identifier) @name body: (enumerator_list) @body) @definition.enum
(enumerator name: (identifier) @name) @definition.constant
(alias_declaration name: (type_identifier) @name) @definition.type
(type_definition declarator: (type_identifier) @name) @definition.type
(concept_definition name: (identifier) @name) @definition.interface
(function_definition declarator: (function_declarator declarator: (identifier) @name)
  body: (_) @body) @definition.function
(function_definition declarator: (pointer_declarator declarator: (function_declarator declarator: (identifier) @name))
  body: (_) @body) @definition.function
(function_definition declarator: (reference_declarator (function_declarator declarator: (identifier) @name))
  body: (_) @body) @definition.function
(function_definition declarator: (function_declarator declarator: [(field_identifier) (destructor_name) (operator_name)]
  @name) body: (_) @body) @definition.method
(function_definition declarator: (function_declarator declarator: [(field_identifier) (destructor_name) (operator_name)]
  @name)) @definition.method
(function_definition declarator: (reference_declarator (function_declarator
  declarator: [(field_identifier) (operator_name)] @name))) @definition.method
(function_definition declarator: (pointer_declarator declarator: (function_declarator
  declarator: (field_identifier) @name)) body: (_) @body) @definition.method
(function_definition declarator: (function_declarator declarator: (qualified_identifier
  name: [(identifier) (destructor_name) (operator_name)] @name)) body: (_) @body) @definition.method
(function_definition declarator: (pointer_declarator declarator: (function_declarator
  declarator: (qualified_identifier name: (identifier) @name))) body: (_) @body) @definition.method
(function_definition declarator: (reference_declarator (function_declarator
  declarator: (qualified_identifier name: [(identifier) (operator_name)] @name))) body: (_) @body) @definition.method
(field_declaration declarator: (function_declarator declarator: (field_identifier) @name)) @definition.method
(declaration declarator: (function_declarator declarator: (identifier) @name)) @definition.function
(field_declaration declarator: (field_identifier) @name) @definition.field
(field_declaration declarator: (pointer_declarator declarator: (field_identifier) @name)) @definition.field
(translation_unit (declaration declarator: (init_declarator declarator: (identifier) @name)) @definition.variable)
(preproc_def name: (identifier) @name) @definition.constant
(preproc_function_def name: (identifier) @name) @definition.macro

(function_definition declarator: (function_declarator declarator: (identifier) @entry) (#eq? @entry "main"))

(call_expression function: (identifier) @reference.call)
(call_expression function: (field_expression field: (field_identifier) @reference.call))
(call_expression function: (qualified_identifier name: (identifier) @reference.call))
(call_expression function: (template_function name: (identifier) @reference.call))
(type_identifier) @reference.type
(qualified_identifier scope: (namespace_identifier) @reference.use)
(field_expression field: (field_identifier) @reference.use)

[(if_statement) (for_statement) (for_range_loop) (while_statement) (do_statement) (case_statement) (catch_clause)
 (conditional_expression)] @branch
(binary_expression operator: ["&&" "||"]) @branch
