/// What people, models and tools say to each other, free of any provider's wire format.
@NullMarked
package dev.fettle.core.message;

import org.jspecify.annotations.NullMarked;
