package dev.fettle.code.repair.operator;

import java.util.List;

/// A file as it might be meant.
///
/// @param line where it differs first, counted from 1
/// @param chance that an edit like this one is a fix, as far as its kind and its form tell; only its order means
///     something
/// @param edits of the file as it is
public record Mutant(String path, FaultClass fault, int line, double chance, List<Edit> edits) {
    public Mutant {
        edits = List.copyOf(edits);
    }

    public Mutant with(List<Edit> others) {
        return new Mutant(path, fault, line, chance, others);
    }
}
