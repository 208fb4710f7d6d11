/// Runs the tests of a project with the tool it uses, and reads what came of it.
@NullMarked
package dev.fettle.code.runner;

import org.jspecify.annotations.NullMarked;
