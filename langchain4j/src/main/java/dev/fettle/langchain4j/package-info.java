/// Lets any streaming chat model of LangChain4j serve as a provider.
@NullMarked
package dev.fettle.langchain4j;

import org.jspecify.annotations.NullMarked;
