/// What a model is told before the conversation begins.
@NullMarked
package dev.fettle.core.context;

import org.jspecify.annotations.NullMarked;
