/// JSON as it goes over the wire: strict on the way in, `snake_case` both ways.
@NullMarked
package dev.fettle.server.json;

import org.jspecify.annotations.NullMarked;
