/// Confines commands with bubblewrap: namespaces, a minimal root, and a filter for system calls.
@NullMarked
package dev.fettle.tools.sandbox;

import org.jspecify.annotations.NullMarked;
