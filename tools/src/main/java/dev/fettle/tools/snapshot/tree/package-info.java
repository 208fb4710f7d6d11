/// Reads working trees and changes them, and never leaves them.
@NullMarked
package dev.fettle.tools.snapshot.tree;

import org.jspecify.annotations.NullMarked;
