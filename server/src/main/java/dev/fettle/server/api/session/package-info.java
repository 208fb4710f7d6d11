/// Sessions: listed, read, forked, renamed, taken along and removed.
@NullMarked
package dev.fettle.server.api.session;

import org.jspecify.annotations.NullMarked;
