/// Commands that show what a model is told, and what is kept to be told.
@NullMarked
package dev.fettle.cli.context;

import org.jspecify.annotations.NullMarked;
