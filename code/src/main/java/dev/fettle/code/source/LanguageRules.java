package dev.fettle.code.source;

import dev.fettle.code.syntax.Grammar;
import dev.fettle.code.syntax.Query;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// How a language is read: its grammar and our query. Loaded when the first file needs it, once for all
/// threads.
record LanguageRules(Grammar grammar, Query query) {
    private static final Map<Language, LanguageRules> LOADED = new ConcurrentHashMap<>();

    static LanguageRules of(Language language) {
        return LOADED.computeIfAbsent(language, LanguageRules::load);
    }

    private static LanguageRules load(Language language) {
        Grammar grammar = Grammar.load(language.word());
        return new LanguageRules(grammar, Query.parse(grammar, text(language)));
    }

    /// The query of a language as it is written; empty for one without a grammar.
    static String text(Language language) {
        String name = "/dev/fettle/code/queries/%s.scm".formatted(language.word());
        try (InputStream in = LanguageRules.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(in, () -> "There is no " + name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name, e);
        }
    }
}
