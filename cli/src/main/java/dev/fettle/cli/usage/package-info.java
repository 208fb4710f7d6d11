/// Shows what model calls took.
@NullMarked
package dev.fettle.cli.usage;

import org.jspecify.annotations.NullMarked;
