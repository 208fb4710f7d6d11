/// What is appended to sessions, told as it happens.
@NullMarked
package dev.fettle.server.api.feed;

import org.jspecify.annotations.NullMarked;
