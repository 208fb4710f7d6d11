(import_statement (string_value) @import)
(import_statement (call_expression (arguments (string_value) @import)))

(rule_set (selectors) @name (block) @body) @definition.rule
(keyframes_statement (keyframes_name) @name) @definition.rule
(declaration (property_name) @name (#match? @name "^--")) @definition.variable

(call_expression (function_name) @reference.call)
(call_expression (function_name) @_var (arguments (plain_value) @reference.use) (#eq? @_var "var"))
