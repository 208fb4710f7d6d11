/// What the tests of this module share.
@NullMarked
package dev.fettle.code;

import org.jspecify.annotations.NullMarked;
