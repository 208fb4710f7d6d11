/// The routes of the service, put together.
@NullMarked
package dev.fettle.server.api;

import org.jspecify.annotations.NullMarked;
