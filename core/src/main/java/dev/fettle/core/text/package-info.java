/// Words that people and models write, and what they probably meant.
@NullMarked
package dev.fettle.core.text;

import org.jspecify.annotations.NullMarked;
