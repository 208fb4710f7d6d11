package dev.fettle.testkit.openapi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Values that mean something to the server, by the `format` that the description gives them. Ids are
/// learned from answers.
final class Pool {
    private static final int MOST = 20;
    private static final Pattern ID = Pattern.compile("\\b(run|ses|usr|key|ws|fact)_[0-9a-f]{32}\\b");
    private static final Map<String, String> FORMATS = Map.of(
            "run",
            "run-id",
            "ses",
            "session-id",
            "usr",
            "user",
            "key",
            "key-id",
            "ws",
            "workspace-id",
            "fact",
            "fact-id");

    private final RandomGenerator random;
    private final Map<String, List<String>> known = new HashMap<>();
    private final Set<String> spared = new HashSet<>();

    Pool(RandomGenerator random) {
        this.random = random;
    }

    void add(String format, String value) {
        List<String> values = known.computeIfAbsent(format, _ -> new ArrayList<>());
        if (spared.contains(value) || values.contains(value)) {
            return;
        }
        if (values.size() < MOST) {
            values.add(value);
        } else {
            values.set(random.nextInt(MOST), value);
        }
    }

    /// What is never sent, because the caller depends on it.
    void spare(String value) {
        spared.add(value);
    }

    void learn(String answer) {
        Matcher ids = ID.matcher(answer);
        while (ids.find()) {
            add(FORMATS.getOrDefault(ids.group(1), ""), ids.group());
        }
    }

    Optional<String> pick(String format) {
        List<String> values = known.getOrDefault(format, List.of());
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(random.nextInt(values.size())));
    }
}
