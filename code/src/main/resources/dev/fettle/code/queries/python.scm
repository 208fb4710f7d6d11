(import_statement name: (dotted_name) @import)
(import_statement name: (aliased_import name: (dotted_name) @import))
(import_from_statement module_name: [(dotted_name) (relative_import)] @import)

(class_definition name: (identifier) @name body: (block) @body) @definition.class
(class_definition body: (block (function_definition
  name: (identifier) @name body: (block) @body) @definition.method))
(class_definition body: (block (decorated_definition (function_definition
  name: (identifier) @name body: (block) @body) @definition.method)))
(function_definition name: (identifier) @name body: (block) @body) @definition.function
(module (expression_statement (assignment left: (identifier) @name)) @definition.variable)
(class_definition body: (block (expression_statement (assignment left: (identifier) @name)) @definition.field))

(module (if_statement condition: (comparison_operator (identifier) @name @entry (string)) consequence: (block) @body
  (#eq? @name "__name__")) @definition.function)
(module (function_definition name: (identifier) @entry (#eq? @entry "main")))

(call function: (identifier) @reference.call)
(call function: (attribute attribute: (identifier) @reference.call))
(class_definition superclasses: (argument_list (identifier) @reference.type))
(class_definition superclasses: (argument_list (attribute attribute: (identifier) @reference.type)))
(type (identifier) @reference.type)
(type (generic_type (identifier) @reference.type))
(type (attribute attribute: (identifier) @reference.type))
(decorator (identifier) @reference.call)
(import_from_statement name: (dotted_name (identifier) @reference.use))
(attribute object: (identifier) @reference.use (#match? @reference.use "^[A-Z]"))
(attribute attribute: (identifier) @reference.use)

[(if_statement) (elif_clause) (for_statement) (while_statement) (except_clause) (conditional_expression)
 (boolean_operator) (case_clause) (for_in_clause) (if_clause)] @branch
