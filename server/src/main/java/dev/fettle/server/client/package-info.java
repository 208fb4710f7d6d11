/// Who is at the other end of a connection.
@NullMarked
package dev.fettle.server.client;

import org.jspecify.annotations.NullMarked;
