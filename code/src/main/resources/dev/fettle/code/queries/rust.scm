(use_declaration argument: (_) @import)
(extern_crate_declaration name: (identifier) @import)

(mod_item name: (identifier) @name body: (declaration_list) @body) @definition.module
(mod_item name: (identifier) @import)
(struct_item name: (type_identifier) @name body: (field_declaration_list) @body) @definition.struct
(struct_item name: (type_identifier) @name) @definition.struct
(union_item name: (type_identifier) @name body: (_) @body) @definition.struct
(enum_item name: (type_identifier) @name body: (enum_variant_list) @body) @definition.enum
(enum_variant name: (identifier) @name) @definition.constant
(trait_item name: (type_identifier) @name body: (declaration_list) @body) @definition.trait
(impl_item type: (type_identifier) @name body: (declaration_list) @body) @definition.type
(impl_item type: (generic_type type: (type_identifier) @name) body: (declaration_list) @body) @definition.type
(type_item name: (type_identifier) @name) @definition.type
(impl_item body: (declaration_list (function_item
  name: (identifier) @name body: (block) @body) @definition.method))
(trait_item body: (declaration_list (function_item
  name: (identifier) @name body: (block) @body) @definition.method))
(function_item name: (identifier) @name body: (block) @body) @definition.function
(function_signature_item name: (identifier) @name) @definition.method
(field_declaration name: (field_identifier) @name) @definition.field
(const_item name: (identifier) @name) @definition.constant
(static_item name: (identifier) @name) @definition.variable
(macro_definition name: (identifier) @name) @definition.macro

(source_file (function_item name: (identifier) @entry (#eq? @entry "main")))

(call_expression function: (identifier) @reference.call)
(call_expression function: (field_expression field: (field_identifier) @reference.call))
(call_expression function: (scoped_identifier name: (identifier) @reference.call))
(macro_invocation macro: (identifier) @reference.call)
(type_identifier) @reference.type
(scoped_identifier path: (identifier) @reference.use)
(field_expression field: (field_identifier) @reference.use)

[(if_expression) (for_expression) (while_expression) (loop_expression) (match_arm) (try_expression)] @branch
(binary_expression operator: ["&&" "||"]) @branch
