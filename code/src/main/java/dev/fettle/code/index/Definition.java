package dev.fettle.code.index;

import dev.fettle.code.source.Symbol;

/// A symbol and where it is defined.
///
/// @param container what it is in, its own container first: `Shop.Cart`; empty if in nothing
public record Definition(String path, Symbol symbol, String container) {

    /// As people write it: `Shop.Cart.total`.
    public String qualifiedName() {
        return container.isEmpty() ? symbol.name() : container + "." + symbol.name();
    }
}
