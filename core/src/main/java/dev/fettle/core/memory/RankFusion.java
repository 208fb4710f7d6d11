package dev.fettle.core.memory;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes one ranking of several whose scores cannot be compared: each gives what it ranks a share that shrinks with the
/// rank (Cormack, Clarke and Büttcher, "Reciprocal Rank Fusion", SIGIR 2009).
public final class RankFusion {
    /// The paper's: keeps the first of one ranking from beating what stands high in several.
    private static final double DAMPING = 60;

    private RankFusion() {}

    /// All that is ranked, each once, the best first; of equals what stands in an earlier ranking.
    @SafeVarargs
    public static <T> List<T> of(List<T>... rankings) {
        Map<T, Double> shares = new LinkedHashMap<>();
        for (List<T> ranking : rankings) {
            int rank = 1;
            for (T each : ranking) {
                shares.merge(each, 1 / (DAMPING + rank), Double::sum);
                rank++;
            }
        }
        return shares.entrySet().stream()
                .sorted(Map.Entry.<T, Double>comparingByValue(Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
