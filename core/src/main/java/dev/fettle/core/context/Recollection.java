package dev.fettle.core.context;

import dev.fettle.core.memory.Fact;
import dev.fettle.core.memory.Memory;
import dev.fettle.core.memory.RankFusion;
import dev.fettle.core.workspace.Workspace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Finds what a user wanted remembered that has to do with a task.
///
/// The store finds every fact that has a word of the task, most of them by chance. Of those it ranks highest
/// are taken that share two telling words with the task, or nearly half of their own; and those that mean
/// something like it, where a model says so.
///
/// @param user whose facts
public record Recollection(Memory memory, String user) {
    private static final int LOOKED_AT = 40;
    private static final int MOST = 5;
    private static final int MOST_CHARACTERS = 4_000;
    private static final int MOST_OF_A_TASK = 8_000;
    private static final double ENOUGH = 0.4;

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]{3,}|\\p{IsIdeographic}");
    private static final Set<String> SAYING_LITTLE = Set.of(
            "the", "and", "for", "with", "this", "that", "from", "are", "was", "use", "uses", "used", "using", "you",
            "all", "not", "but", "can", "has", "have", "should", "must", "always", "never", "when", "into", "its",
            "our", "what", "how", "why", "does", "please", "make", "then", "them", "they", "will", "would", "there",
            "here", "which", "who", "any", "some", "only", "also", "want", "need", "now", "new", "get", "let", "file",
            "files", "code", "der", "die", "das", "und", "ist", "nicht", "mit", "von", "den", "ein", "eine");

    /// The facts of this project and of none that a task has to do with, the most relevant first.
    public List<Fact> about(Workspace workspace, String task) {
        String asked = task.substring(0, Math.min(task.length(), MOST_OF_A_TASK));
        Set<String> words = words(asked);
        if (words.isEmpty()) {
            return List.of();
        }
        Memory.Scope scope = Memory.Scope.of(user, workspace);
        List<Fact> byWords = memory.recall(scope, String.join(" ", words), LOOKED_AT).stream()
                .filter(fact -> isRelevant(words(fact.text()), words))
                .toList();
        List<Fact> relevant = new ArrayList<>();
        int left = MOST_CHARACTERS;
        for (Fact fact : RankFusion.of(byWords, memory.alike(scope, asked, MOST))) {
            if (relevant.size() < MOST && fact.text().length() <= left) {
                relevant.add(fact);
                left -= fact.text().length();
            }
        }
        return List.copyOf(relevant);
    }

    private static boolean isRelevant(Set<String> fact, Set<String> task) {
        Set<String> shared = new HashSet<>(fact);
        shared.retainAll(task);
        return shared.size() >= 2 || (!shared.isEmpty() && shared.size() >= ENOUGH * fact.size());
    }

    private static Set<String> words(String text) {
        return WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .filter(word -> !SAYING_LITTLE.contains(word))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
