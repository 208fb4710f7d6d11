/// The only door between the agent and the world: files below one root, and a shell.
@NullMarked
package dev.fettle.core.workspace;

import org.jspecify.annotations.NullMarked;
