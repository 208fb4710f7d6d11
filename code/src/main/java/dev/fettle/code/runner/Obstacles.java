package dev.fettle.code.runner;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What keeps tests from being run at all, by what tools say then, and what to do about it.
final class Obstacles {
    private static final SequencedMap<Pattern, String> KNOWN = new LinkedHashMap<>();

    static {
        KNOWN.put(
                Pattern.compile("Cannot access \\S+ \\(\\S+\\) in offline mode|Could not (?:transfer|resolve) artifact|"
                        + "Could not resolve host|Temporary failure in name resolution|Network is unreachable|"
                        + "getaddrinfo (?:ENOTFOUND|EAI_AGAIN)|UnknownHostException|dial tcp: lookup|"
                        + "failed to (?:download from|fetch) `|NewConnectionError|no network"),
                "It wanted the network, which commands in the sandbox do not have: fetch what it needs before, or allow it.");
        KNOWN.put(
                Pattern.compile("No module named '?(pytest)'?"),
                "The project uses pytest, which this Python does not have: install it, or make a .venv with it.");
        KNOWN.put(
                Pattern.compile("(?:bash: |sh: \\d+: )(?:line \\d+: )?([\\w./-]+): (?:command not found|not found)"),
                "The program `%s` is not installed here.");
        KNOWN.put(
                Pattern.compile("npx canceled due to missing packages|npm ERR! could not determine executable|"
                        + "sh: \\d+: (?:jest|vitest|mocha): not found"),
                "The packages of the project are not installed: `npm ci` (with the network) installs them.");
        KNOWN.put(
                Pattern.compile("rustup could not choose a version"),
                "rustup's settings are not seen in the sandbox: name the toolchain in rust-toolchain.toml, or in"
                        + " RUSTUP_TOOLCHAIN.");
        KNOWN.put(
                Pattern.compile("No space left on device"),
                "There is no room left where it writes; the temporary directory of the sandbox is small.");
        KNOWN.put(Pattern.compile("Read-only file system"), "It wanted to write where it may not.");
    }

    private Obstacles() {}

    static List<String> in(String output) {
        return KNOWN.entrySet().stream().flatMap(each -> sentence(each, output)).toList();
    }

    private static Stream<String> sentence(Map.Entry<Pattern, String> known, String output) {
        Matcher matcher = known.getKey().matcher(output);
        return matcher.find()
                ? Stream.of(
                        matcher.groupCount() == 0
                                ? known.getValue()
                                : known.getValue().formatted(matcher.group(1)))
                : Stream.empty();
    }
}
