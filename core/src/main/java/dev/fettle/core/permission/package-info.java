/// What a tool call wants to do to the world, and who says whether it may.
@NullMarked
package dev.fettle.core.permission;

import org.jspecify.annotations.NullMarked;
