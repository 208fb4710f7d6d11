/// Attempts to get out of the sandbox: each succeeds without one, and none succeeds in it.
@NullMarked
package dev.fettle.tools.sandbox.escape;

import org.jspecify.annotations.NullMarked;
