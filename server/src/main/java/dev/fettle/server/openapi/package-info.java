/// The description of the service as an OpenAPI document, drawn from its routes, and a page to read it on.
@NullMarked
package dev.fettle.server.openapi;

import org.jspecify.annotations.NullMarked;
