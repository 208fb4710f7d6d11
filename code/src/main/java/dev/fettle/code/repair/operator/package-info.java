/// What may be wrong with a piece of source and how it would read if it were right: small edits at nodes of its syntax
/// tree.
@NullMarked
package dev.fettle.code.repair.operator;

import org.jspecify.annotations.NullMarked;
