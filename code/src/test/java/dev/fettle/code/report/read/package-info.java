/// Real outputs of tools, and hostile ones.
@NullMarked
package dev.fettle.code.report.read;

import org.jspecify.annotations.NullMarked;
