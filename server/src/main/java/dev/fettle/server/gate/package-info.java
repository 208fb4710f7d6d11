/// What every request passes on its way to its handler: each gate one small handler around the next.
@NullMarked
package dev.fettle.server.gate;

import org.jspecify.annotations.NullMarked;
