/// One call to a model API: the connection, its event stream, its cancellation and what its failures mean.
@NullMarked
package dev.fettle.providers.http;

import org.jspecify.annotations.NullMarked;
