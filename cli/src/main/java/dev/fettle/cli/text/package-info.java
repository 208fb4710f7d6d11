/// Text as a terminal shows it: what may be printed, in which colours, and how many columns it takes.
@NullMarked
package dev.fettle.cli.text;

import org.jspecify.annotations.NullMarked;
