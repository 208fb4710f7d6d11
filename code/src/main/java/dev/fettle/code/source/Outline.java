package dev.fettle.code.source;

import java.util.List;

/// What a file consists of.
///
/// @param symbols by the order of the text
/// @param hasError whether parts do not fit the grammar; what does is here all the same
public record Outline(
        Language language,
        int lines,
        List<Symbol> symbols,
        List<Reference> references,
        List<Import> imports,
        boolean hasError) {
    public Outline {
        symbols = List.copyOf(symbols);
        references = List.copyOf(references);
        imports = List.copyOf(imports);
    }
}
