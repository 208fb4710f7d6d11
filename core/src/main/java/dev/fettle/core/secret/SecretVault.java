package dev.fettle.core.secret;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The secrets of one session and the handles that stand for them, such as `⟨secret:openai#1⟩`. A value has the same
/// handle as long as the session lives. Once met, it is recognised wherever and however it is spelled. Used by one
/// thread.
public final class SecretVault {
    private static final Pattern HANDLE = Pattern.compile("⟨secret:([a-z0-9-]{1,60}#\\d{1,9})⟩");

    private static final int MOST_ROUNDS = 4;

    private final SecretFinder finder;
    private final Fingerprints fingerprints;
    private final SecretUse use;
    private final Set<String> allowed;
    private final Map<String, SeenSecret> byFingerprint = new HashMap<>();
    private final Map<String, SeenSecret> byHandle = new LinkedHashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final KnownValues met = new KnownValues();
    private final List<SeenSecret> fresh = new ArrayList<>();

    SecretVault(
            SecretFinder finder, Fingerprints fingerprints, SecretUse use, Set<String> allowed, List<SeenSecret> seen) {
        this.finder = finder;
        this.fingerprints = fingerprints;
        this.use = use;
        this.allowed = new HashSet<>(allowed);
        seen.forEach(this::keep);
        seen.forEach(each -> fingerprints.value(each.fingerprint()).ifPresent(value -> recognise(value, each.kind())));
    }

    /// The text with handles for its secrets. Text without secrets comes back as it is, and so does text that went
    /// through here before.
    ///
    /// @param isEnvFile whether the text is from a `.env` file
    public String redact(String text, boolean isEnvFile) {
        return replaced(text, finder.all(text, isEnvFile));
    }

    /// As [#redact], for what a model wrote: only values that are known, so that what it made up stays what it is.
    public String redactKnown(String text) {
        return replaced(text, finder.told(text));
    }

    /// How much of a text that goes on [#redactKnown] can be asked about: none of what may follow changes what it says
    /// of these characters. What is behind them may be the beginning of a value.
    public int settledLength(String text) {
        List<Finding> found = finder.told(text);
        met.find(text, found);
        int settled = Math.min(finder.begun(text), met.begun(text));
        for (Finding each : SecretFinder.merged(text, found).reversed()) {
            if (each.start() < settled && settled < each.end()) {
                settled = each.start();
            }
        }
        return settled > 0 && settled == text.length() && Character.isHighSurrogate(text.charAt(settled - 1))
                ? settled - 1
                : settled;
    }

    private String replaced(String text, List<Finding> found) {
        met.find(text, found);
        if (found.isEmpty()) {
            return text;
        }
        StringBuilder redacted = new StringBuilder();
        int done = 0;
        for (Finding each : settled(text, found)) {
            redacted.append(text, done, each.start())
                    .append("⟨secret:")
                    .append(handleFor(each))
                    .append('⟩');
            done = each.end();
        }
        return redacted.append(text, done, text.length()).toString();
    }

    /// What is to be replaced. A value that is found by its name in one place is a secret in all others, too.
    private List<Finding> settled(String text, List<Finding> found) {
        List<MatchResult> handles = HANDLE.matcher(text).results().toList();
        List<Finding> settled = List.of();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            found.removeIf(each -> isAllowed(each) || handles.stream().anyMatch(handle -> isAt(each, handle)));
            List<Finding> next = SecretFinder.merged(text, found);
            if (next.equals(settled)) {
                break;
            }
            next.forEach(this::handleFor);
            settled = next;
            found = new ArrayList<>(next);
            met.find(text, found);
        }
        return settled;
    }

    private static boolean isAt(Finding found, MatchResult handle) {
        return found.start() < handle.end() && handle.start() < found.end();
    }

    private boolean isAllowed(Finding found) {
        return !allowed.isEmpty() && (allowed.contains(found.kind()) || allowed.contains(handleFor(found)));
    }

    private String handleFor(Finding found) {
        String fingerprint = fingerprints.remember(found.value());
        SeenSecret known = byFingerprint.get(fingerprint);
        if (known == null) {
            int number = numbers.getOrDefault(found.kind(), 0) + 1;
            known = new SeenSecret(found.kind() + "#" + number, found.kind(), fingerprint);
            keep(known);
            fresh.add(known);
        }
        recognise(found.value(), known.kind());
        return known.handle();
    }

    private void keep(SeenSecret secret) {
        byFingerprint.put(secret.fingerprint(), secret);
        byHandle.put(secret.handle(), secret);
        numbers.merge(secret.kind(), secret.number(), Math::max);
    }

    /// A value that is a word would be found in texts that have nothing to do with it.
    private void recognise(String value, String kind) {
        if (value.length() >= KnownValues.SHORTEST && (value.length() >= 24 || !Randomness.isWords(value))) {
            met.add(value, kind);
        }
    }

    /// What was met since this was last called, to be kept with the session before the handles are used.
    public List<SeenSecret> takeFresh() {
        List<SeenSecret> taken = List.copyOf(fresh);
        fresh.clear();
        return taken;
    }

    /// The handles of this session that a text contains, without brackets.
    public List<String> handlesIn(String text) {
        return HANDLE.matcher(text)
                .results()
                .map(handle -> handle.group(1))
                .filter(byHandle::containsKey)
                .distinct()
                .toList();
    }

    /// The value behind a handle; empty if this process has not met it.
    public Optional<String> value(String handle) {
        return Optional.ofNullable(byHandle.get(handle)).flatMap(each -> fingerprints.value(each.fingerprint()));
    }

    /// The text with values for handles. Handles whose values are not known stay.
    public String reveal(String text) {
        return HANDLE.matcher(text)
                .replaceAll(handle ->
                        Matcher.quoteReplacement(value(handle.group(1)).orElse(handle.group())));
    }

    /// Lets a secret through from here on: it is shown as it is, and given to tools.
    ///
    /// @param name a handle, as in `password#2`, or a kind
    public void allow(String name) {
        allowed.add(name);
    }

    /// Whether a tool is given the value behind a handle.
    public boolean mayReveal(String handle, String tool) {
        SeenSecret secret = byHandle.get(handle);
        return secret != null
                && (allowed.contains(handle) || allowed.contains(secret.kind()) || use.mayReveal(handle, tool));
    }
}
