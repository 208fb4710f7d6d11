/// Claims about the structure report.
@NullMarked
package dev.fettle.code.structure;

import org.jspecify.annotations.NullMarked;
