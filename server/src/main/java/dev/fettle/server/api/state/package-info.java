/// How the service stands: its health, what was done, what it cost.
@NullMarked
package dev.fettle.server.api.state;

import org.jspecify.annotations.NullMarked;
