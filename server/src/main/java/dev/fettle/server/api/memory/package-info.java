/// What users want remembered.
@NullMarked
package dev.fettle.server.api.memory;

import org.jspecify.annotations.NullMarked;
