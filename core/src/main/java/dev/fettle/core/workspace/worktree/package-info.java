/// Trees of their own for sessions that are not to work in the user's.
@NullMarked
package dev.fettle.core.workspace.worktree;

import org.jspecify.annotations.NullMarked;
