package dev.fettle.code.source;

import dev.fettle.code.syntax.Grammar;
import dev.fettle.code.syntax.Query;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How a language is read: its grammar and our query. Loaded when the first file needs it, once for all
/// threads.
record LanguageRules(Grammar grammar, Query query) {
    private static final Map<Language, LanguageRules> LOADED = new ConcurrentHashMap<>();

    static LanguageRules of(Language language) {
        return LOADED.computeIfAbsent(language, LanguageRules::load);
    }

    private static LanguageRules load(Language language) {
        Grammar grammar = Grammar.of(language.word());
        return new LanguageRules(grammar, Query.parse(grammar, Query.text(language.word())));
    }
}
