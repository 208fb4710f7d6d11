/// Where the agent works: a directory it cannot leave, or files in memory.
@NullMarked
package dev.fettle.tools.workspace;

import org.jspecify.annotations.NullMarked;
