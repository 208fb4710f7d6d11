/// Where runs take place: which directory, when one may begin there, how its commands are confined, and which rules
/// hold.
@NullMarked
package dev.fettle.app.place;

import org.jspecify.annotations.NullMarked;
