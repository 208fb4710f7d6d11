/// Which handler a method and a path lead to.
@NullMarked
package dev.fettle.server.route;

import org.jspecify.annotations.NullMarked;
