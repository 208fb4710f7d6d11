/// Turns that somebody has asked for and workers carry out: what is wanted, how it stands, and who is served next.
@NullMarked
package dev.fettle.core.run;

import org.jspecify.annotations.NullMarked;
