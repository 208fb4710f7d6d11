/// Git's object format, written so that several machines may share a directory of it.
@NullMarked
package dev.fettle.tools.snapshot.object;

import org.jspecify.annotations.NullMarked;
