/// The tool that changes several files at once, all of them or none.
@NullMarked
package dev.fettle.tools.patch;

import org.jspecify.annotations.NullMarked;
