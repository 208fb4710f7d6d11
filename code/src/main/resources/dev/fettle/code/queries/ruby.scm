(call method: (identifier) @_require arguments: (argument_list (string (string_content) @import))
  (#any-of? @_require "require" "require_relative" "load"))

(module name: [(constant) (scope_resolution)] @name body: (_) @body) @definition.module
(module name: [(constant) (scope_resolution)] @name) @definition.module
(class name: [(constant) (scope_resolution)] @name body: (_) @body) @definition.class
(class name: [(constant) (scope_resolution)] @name) @definition.class
(class body: (body_statement (method name: (_) @name parameters: (_) body: (_) @body) @definition.method))
(class body: (body_statement (method name: (_) @name body: (_) @body) @definition.method))
(module body: (body_statement (method name: (_) @name body: (_) @body) @definition.method))
(method name: (_) @name body: (_) @body) @definition.function
(method name: (_) @name) @definition.function
(singleton_method name: (_) @name body: (_) @body) @definition.method
(singleton_method name: (_) @name) @definition.method
(assignment left: (constant) @name) @definition.constant

(call method: (identifier) @reference.call)
(superclass (constant) @reference.type)
(call receiver: (constant) @reference.use)
(scope_resolution name: (constant) @reference.use)
(constant) @reference.use
(body_statement (identifier) @reference.call)

[(if) (elsif) (unless) (while) (until) (for) (when) (rescue) (conditional) (if_modifier) (unless_modifier)
 (while_modifier) (in_clause)] @branch
(binary operator: ["&&" "||" "and" "or"]) @branch
