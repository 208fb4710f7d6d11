/// The models that runs may name.
@NullMarked
package dev.fettle.server.api.model;

import org.jspecify.annotations.NullMarked;
