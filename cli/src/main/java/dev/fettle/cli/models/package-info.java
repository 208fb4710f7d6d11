/// Which models there are, and whether they can be reached.
@NullMarked
package dev.fettle.cli.models;

import org.jspecify.annotations.NullMarked;
