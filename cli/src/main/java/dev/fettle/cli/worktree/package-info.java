/// Sessions that work in a tree beside the user's, and how such a tree ends.
@NullMarked
package dev.fettle.cli.worktree;

import org.jspecify.annotations.NullMarked;
