/// Fetches repositories that users name, from where they may be fetched and without running anything they bring along.
@NullMarked
package dev.fettle.tools.git;

import org.jspecify.annotations.NullMarked;
