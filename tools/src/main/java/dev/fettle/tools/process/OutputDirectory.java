package dev.fettle.tools.process;

import java.nio.file.Path;
import java.util.function.UnaryOperator;

/// Where output is kept that is too long to show.
///
/// @param path created when first needed
/// @param mask takes the secrets out of a text of whole lines before it is written
public record OutputDirectory(Path path, UnaryOperator<String> mask) {

    /// For output without secrets.
    public OutputDirectory(Path path) {
        this(path, UnaryOperator.identity());
    }
}
