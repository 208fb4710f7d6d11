/// Keeps an installation in order: what goes when it is old, what is reported every night.
@NullMarked
package dev.fettle.app.upkeep;

import org.jspecify.annotations.NullMarked;
