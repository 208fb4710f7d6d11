(create_table (object_reference name: (identifier) @name)) @definition.table
(create_view (object_reference name: (identifier) @name)) @definition.table
(create_materialized_view (object_reference name: (identifier) @name)) @definition.table
(create_function (object_reference name: (identifier) @name)) @definition.function
(create_trigger (object_reference name: (identifier) @name)) @definition.function
(create_index column: (identifier) @name) @definition.key
(create_type (object_reference name: (identifier) @name)) @definition.type
(create_schema (identifier) @name) @definition.module
(column_definition name: (identifier) @name) @definition.field

(invocation (object_reference name: (identifier) @reference.call))
(relation (object_reference name: (identifier) @reference.type))
(insert (object_reference name: (identifier) @reference.type))
(column_definition (object_reference name: (identifier) @reference.type))
(constraint (object_reference name: (identifier) @reference.type))
(field name: (identifier) @reference.use)

[(when_clause) (case)] @branch
