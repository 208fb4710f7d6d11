(command name: (command_name (word) @_source) argument: [(word) (string) (raw_string) (concatenation)] @import
  (#any-of? @_source "source" "."))

(function_definition name: (word) @name body: (_) @body) @definition.function
(program (variable_assignment name: (variable_name) @name) @definition.variable)
(program (declaration_command (variable_assignment name: (variable_name) @name) @definition.variable))

(program (function_definition name: (word) @entry (#eq? @entry "main")))

(command name: (command_name (word) @reference.call))
(simple_expansion (variable_name) @reference.use)
(expansion (variable_name) @reference.use)

[(if_statement) (elif_clause) (for_statement) (c_style_for_statement) (while_statement) (case_item)] @branch
(list ["&&" "||"] @branch)
