/// Tools that answer from the index of the workspace.
@NullMarked
package dev.fettle.code.search;

import org.jspecify.annotations.NullMarked;
