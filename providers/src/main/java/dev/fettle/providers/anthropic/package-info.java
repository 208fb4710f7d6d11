/// The Messages API of Anthropic and of the servers that speak it.
@NullMarked
package dev.fettle.providers.anthropic;

import org.jspecify.annotations.NullMarked;
