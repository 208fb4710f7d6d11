package dev.fettle.code.fault;

import java.util.List;

/// A line that a failure may come from.
///
/// @param score from 0 to 1; only its order means something
/// @param reasons why, the strongest first
public record Suspect(String path, int line, double score, List<String> reasons) {
    public Suspect {
        reasons = List.copyOf(reasons);
    }
}
