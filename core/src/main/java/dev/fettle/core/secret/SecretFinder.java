package dev.fettle.core.secret;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Finds what looks like a secret: known formats, private keys, values assigned to telling names, values of `.env`
/// files, and the values it was told. Takes time linear in the text. Safe for use by several threads.
public final class SecretFinder {
    private final KnownValues told = new KnownValues();

    /// A finder that also knows these values.
    ///
    /// @param values value to kind; values of less than eight characters are left out, they are words too often
    public SecretFinder(Map<String, String> values) {
        values.forEach((value, kind) -> {
            if (value.length() >= KnownValues.SHORTEST) {
                told.add(value, kind);
            }
        });
    }

    /// Whether a command or path names a `.env` file.
    public static boolean namesEnvFile(String text) {
        return text.contains(".env") && EnvLines.areNamedIn(text);
    }

    /// All findings, in order, without overlaps.
    ///
    /// @param isEnvFile whether the text is from a `.env` file, where all but the plainly harmless counts
    public List<Finding> find(String text, boolean isEnvFile) {
        return merged(text, all(text, isEnvFile));
    }

    /// As they are found: they may overlap.
    List<Finding> all(String text, boolean isEnvFile) {
        List<Finding> found = new ArrayList<>();
        told.find(text, found);
        PrivateKeys.find(text, found);
        KnownFormats.ALL.forEach(rule -> rule.find(text, found));
        Assignments.find(text, found);
        EnvLines.find(text, isEnvFile, found);
        return found;
    }

    List<Finding> told(String text) {
        List<Finding> found = new ArrayList<>();
        told.find(text, found);
        return found;
    }

    /// Where one of the values it was told may have begun; the text's length if nowhere.
    int begun(String text) {
        return told.begun(text);
    }

    /// Of findings within others the outer ones; of findings that partly overlap one that covers both.
    static List<Finding> merged(String text, List<Finding> found) {
        List<Finding> sorted = new ArrayList<>(found);
        // Stable: what was found first keeps its name.
        sorted.sort(Comparator.comparingInt(Finding::start)
                .thenComparing(Comparator.comparingInt(Finding::end).reversed()));
        List<Finding> merged = new ArrayList<>();
        for (Finding next : sorted) {
            if (merged.isEmpty() || next.start() >= merged.getLast().end()) {
                merged.add(next);
            } else if (next.end() > merged.getLast().end()) {
                Finding last = merged.removeLast();
                merged.add(
                        new Finding(last.kind(), last.start(), next.end(), text.substring(last.start(), next.end())));
            }
        }
        return merged;
    }
}
