package dev.fettle.code.map;

import dev.fettle.code.index.CodeIndex;
import dev.fettle.code.index.IndexedFile;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which file uses what another defines, and how important that makes each.
///
/// Importance is PageRank (Page, Brin 1998): a file is important if important files use it. Personalised:
/// the walk starts at, and returns to, files that the task mentions or that define what it mentions.
final class FileGraph {
    /// A name that more files define says little about which is meant.
    private static final int MOST_DEFINERS = 8;
    private static final double DAMPING = 0.85;
    private static final int ROUNDS = 40;
    private static final double NAMED_FILE = 10;
    private static final double NAMED_DEFINER = 3;
    private static final double NAMED = 10;
    private static final double TYPE = 4;
    /// Of what a file imports, or has beside it, a name is more likely to be meant than of what it cannot
    /// see.
    private static final double SEEN = 20;

    private final double[] starts;
    private int[] users = new int[1024];
    private int[] definers = new int[1024];
    private float[] weights = new float[1024];
    private int size;

    private FileGraph(int files) {
        this.starts = new double[files];
    }

    static FileGraph of(CodeIndex index, Imports imports, Focus focus) {
        List<IndexedFile> files = imports.files();
        FileGraph graph = new FileGraph(files.size());
        Map<Integer, Integer> places = new HashMap<>();
        for (int i = 0; i < files.size(); i++) {
            places.put(files.get(i).id(), i);
            graph.starts[i] = focus.namesFile(files.get(i).path()) ? NAMED_FILE : 1.0 / files.size();
        }
        Map<String, Set<String>> imported = new HashMap<>();
        imports.resolved(
                index,
                (from, to) ->
                        imported.computeIfAbsent(from, _ -> new HashSet<>()).add(to));
        index.uses(MOST_DEFINERS, use -> {
            Integer from = places.get(use.user());
            Integer to = places.get(use.definer());
            if (from != null
                    && to != null
                    && Imports.areKin(files.get(from).language(), files.get(to).language())) {
                boolean isNamed = focus.names(use.name());
                String path = files.get(to).path();
                String user = files.get(from).path();
                boolean isSeen = imported.getOrDefault(user, Set.of()).contains(path)
                        || Imports.directory(path).equals(Imports.directory(user));
                graph.add(from, to, weight(use, files.size(), isNamed) * (isSeen ? SEEN : 1));
                if (isNamed) {
                    graph.starts[to] = Math.max(graph.starts[to], NAMED_DEFINER);
                }
            }
        });
        return graph;
    }

    /// A name that half of the files use is more likely a library's, as `length`, than what one of them
    /// defines.
    private static double weight(CodeIndex.Use use, int files, boolean isNamed) {
        double rarity = Math.log(1 + (double) files / use.users());
        return Math.sqrt(use.count()) / use.definers() * rarity * (use.isType() ? TYPE : 1) * (isNamed ? NAMED : 1);
    }

    private void add(int user, int definer, double weight) {
        if (size == users.length) {
            users = Arrays.copyOf(users, size * 2);
            definers = Arrays.copyOf(definers, size * 2);
            weights = Arrays.copyOf(weights, size * 2);
        }
        users[size] = user;
        definers[size] = definer;
        weights[size++] = (float) weight;
    }

    /// The importance of each file, by its place; all together are 1.
    double[] ranks() {
        int files = starts.length;
        double total = Arrays.stream(starts).sum();
        double[] given = new double[files];
        for (int i = 0; i < size; i++) {
            given[users[i]] += weights[i];
        }
        double[] ranks = new double[files];
        for (int i = 0; i < files; i++) {
            ranks[i] = starts[i] / total;
        }
        for (int round = 0; round < ROUNDS; round++) {
            double[] next = new double[files];
            double kept = 1;
            for (int i = 0; i < size; i++) {
                double flow = DAMPING * ranks[users[i]] * weights[i] / given[users[i]];
                next[definers[i]] += flow;
                kept -= flow;
            }
            // What flows nowhere, because a file uses nothing, begins anew with the rest.
            for (int i = 0; i < files; i++) {
                next[i] += kept * starts[i] / total;
            }
            ranks = next;
        }
        return ranks;
    }
}
