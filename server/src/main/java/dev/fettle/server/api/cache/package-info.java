/// The answers that are kept: how they are used, forgotten, and made beforehand.
@NullMarked
package dev.fettle.server.api.cache;

import org.jspecify.annotations.NullMarked;
