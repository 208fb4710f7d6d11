/// How often anybody may ask: counted here, or together with the other replicas.
@NullMarked
package dev.fettle.server.rate;

import org.jspecify.annotations.NullMarked;
