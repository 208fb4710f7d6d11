/// Values that must not leave the machine: how they are recognised, and the handles that stand for them.
@NullMarked
package dev.fettle.core.secret;

import org.jspecify.annotations.NullMarked;
