/// The Responses API of OpenAI and Azure, used without anything being stored there.
@NullMarked
package dev.fettle.providers.responses;

import org.jspecify.annotations.NullMarked;
