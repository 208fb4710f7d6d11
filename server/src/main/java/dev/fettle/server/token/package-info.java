/// JSON Web Tokens (RFC 7519): which are believed, and those that this service gives.
@NullMarked
package dev.fettle.server.token;

import org.jspecify.annotations.NullMarked;
