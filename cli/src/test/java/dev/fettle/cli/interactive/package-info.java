/// Claims about sittings at a terminal, before a screen kept in memory.
@NullMarked
package dev.fettle.cli.interactive;

import org.jspecify.annotations.NullMarked;
