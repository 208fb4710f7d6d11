/// The Chat Completions API of OpenAI and of the servers that speak it.
@NullMarked
package dev.fettle.providers.openai;

import org.jspecify.annotations.NullMarked;
