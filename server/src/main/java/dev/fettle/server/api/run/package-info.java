/// Runs: asked for, watched, answered and waited for.
@NullMarked
package dev.fettle.server.api.run;

import org.jspecify.annotations.NullMarked;
