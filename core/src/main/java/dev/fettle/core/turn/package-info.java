/// What whoever wants a turn says and gets: the request, who watches it, how it is stopped or handed over, the result.
@NullMarked
package dev.fettle.core.turn;

import org.jspecify.annotations.NullMarked;
