/// The Gemini API of Google.
@NullMarked
package dev.fettle.providers.gemini;

import org.jspecify.annotations.NullMarked;
