/// What is known of models: their sizes and prices, with sources.
@NullMarked
package dev.fettle.providers.catalogue;

import org.jspecify.annotations.NullMarked;
