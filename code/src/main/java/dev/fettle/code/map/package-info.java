/// A map of a repository for a reader with little room: its files by importance, with what they define.
@NullMarked
package dev.fettle.code.map;

import org.jspecify.annotations.NullMarked;
