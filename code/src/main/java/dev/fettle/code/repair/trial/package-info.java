/// Tries mutants: many in one command, in a copy of the workspace that is gone afterwards, in workers that are started
/// inside the sandbox.
@NullMarked
package dev.fettle.code.repair.trial;

import org.jspecify.annotations.NullMarked;
