/// Who may use a server, and the keys that let programs in as them.
@NullMarked
package dev.fettle.core.user;

import org.jspecify.annotations.NullMarked;
