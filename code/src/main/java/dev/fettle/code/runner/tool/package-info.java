/// The test runners Fettle knows, one class each.
@NullMarked
package dev.fettle.code.runner.tool;

import org.jspecify.annotations.NullMarked;
