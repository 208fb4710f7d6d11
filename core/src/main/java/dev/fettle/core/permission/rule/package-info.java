/// Rules that people can read: who wrote them, what they fit, and what they say.
@NullMarked
package dev.fettle.core.permission.rule;

import org.jspecify.annotations.NullMarked;
