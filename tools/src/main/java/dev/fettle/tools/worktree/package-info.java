/// Worktrees as clones that commits are carried to and from, with git in the sandbox on both sides.
@NullMarked
package dev.fettle.tools.worktree;

import org.jspecify.annotations.NullMarked;
