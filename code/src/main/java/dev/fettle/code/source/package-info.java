/// What a source file consists of: definitions, references and imports, by its language's grammar.
@NullMarked
package dev.fettle.code.source;

import org.jspecify.annotations.NullMarked;
