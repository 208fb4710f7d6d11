/// The port to language models: one request, one streamed answer, typed failures.
@NullMarked
package dev.fettle.core.model;

import org.jspecify.annotations.NullMarked;
