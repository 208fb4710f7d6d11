/// The models that runs may name, and the tools that they have.
@NullMarked
package dev.fettle.server.api.model;

import org.jspecify.annotations.NullMarked;
