/// Confines commands with Landlock and seccomp, where user namespaces are not allowed.
@NullMarked
package dev.fettle.tools.landlock;

import org.jspecify.annotations.NullMarked;
