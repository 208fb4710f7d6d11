/// Code in colour, line by line.
@NullMarked
package dev.fettle.cli.highlight;

import org.jspecify.annotations.NullMarked;
