/// Directories that the service keeps for its users: where they come from, how much they may hold, what is in them.
@NullMarked
package dev.fettle.core.workspace.kept;

import org.jspecify.annotations.NullMarked;
