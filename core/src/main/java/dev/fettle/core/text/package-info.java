/// Words that people and models write, what they probably meant, and how a shell is given them.
@NullMarked
package dev.fettle.core.text;

import org.jspecify.annotations.NullMarked;
