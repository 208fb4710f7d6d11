/// The test runners of JavaScript, and how a project's package manager is made to run them.
@NullMarked
package dev.fettle.code.runner.js;

import org.jspecify.annotations.NullMarked;
