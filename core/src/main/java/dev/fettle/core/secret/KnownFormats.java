package dev.fettle.core.secret;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The formats of keys that can be told by their looks, one line each. Where two match the same text, the first
/// one names it.
final class KnownFormats {
    /// Where a word begins, also after an escape as in JSON's `\n`. In long base64 no word begins.
    private static final String START = "(?:(?<![A-Za-z0-9+/_-])|(?<=\\\\[nrt]))";

    private static final String END = "(?![A-Za-z0-9_-])";

    static final List<Rule> ALL = List.of(
            Rule.of("fettle", "fk_", START + "(fk_[0-9A-Za-z]{8}_[0-9A-Za-z]{43})" + END),
            Rule.of("anthropic", "sk-ant-", "(sk-ant-[A-Za-z0-9_-]{16,}+)"),
            Rule.of("openrouter", "sk-or-", "(sk-or-v1-[a-f0-9]{32,}+)"),
            Rule.of("openai", "sk-", START + "(sk-(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{20,}+)"),
            Rule.of("openai", "sk-", START + "(sk-(?!ant-|or-)[A-Za-z0-9_-]{20,}+)", Randomness::isRandom),
            Rule.of("google", "AIza", START + "(AIza[A-Za-z0-9_-]{35})" + END),
            Rule.of("google", "GOCSPX-", "(GOCSPX-[A-Za-z0-9_-]{28})"),
            Rule.of("google", "ya29.", START + "(ya29\\.[A-Za-z0-9_-]{20,}+)"),
            Rule.of("aws", "AKIA", START + "(AKIA[A-Z2-7]{16})" + END),
            Rule.of("aws", "ASIA", START + "(ASIA[A-Z2-7]{16})" + END),
            Rule.of("github", "github_pat_", "(github_pat_[A-Za-z0-9_]{22,}+)"),
            Rule.of("github", "gh", "(gh[pousr]_[A-Za-z0-9]{36,}+)"),
            Rule.of(
                    "gitlab",
                    "gl",
                    START + "(gl(?:pat|dt|rt|ptt|soat|cbt|ft)-[A-Za-z0-9_-]{20,}+)",
                    Randomness::hasDigit),
            Rule.of("slack", "xox", "(xox[abeoprs]-[A-Za-z0-9-]{10,}+)", Randomness::hasDigit),
            Rule.of("slack", "xapp-", "(xapp-\\d-[A-Za-z0-9-]{10,}+)"),
            Rule.of(
                    "slack",
                    "hooks.slack.com",
                    "hooks\\.slack\\.com/services/(T[A-Z0-9]{6,12}/B[A-Z0-9]{6,12}/[A-Za-z0-9]{20,}+)"),
            Rule.of("stripe", "k_live_", "([sr]k_live_[A-Za-z0-9]{10,}+)"),
            Rule.of("stripe", "whsec_", "(whsec_[A-Za-z0-9+/]{24,}+=*)"),
            Rule.of("npm", "npm_", "(npm_[A-Za-z0-9]{36})" + END),
            Rule.of("pypi", "pypi-", "(pypi-AgE[A-Za-z0-9_-]{40,}+)"),
            Rule.of("huggingface", "hf_", START + "(hf_[A-Za-z0-9]{30,}+)" + END),
            Rule.of("sendgrid", "SG.", START + "(SG\\.[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{32,64})"),
            Rule.of("telegram", ":AA", "(?<!\\d)(\\d{8,10}:AA[A-Za-z0-9_-]{33})" + END),
            Rule.of("groq", "gsk_", START + "(gsk_[A-Za-z0-9]{40,}+)"),
            Rule.of("xai", "xai-", START + "(xai-[A-Za-z0-9]{60,}+)"),
            Rule.of("digitalocean", "_v1_", "(do[opr]_v1_[a-f0-9]{64})"),
            Rule.of("docker", "dckr_pat_", "(dckr_pat_[A-Za-z0-9_-]{20,}+)"),
            Rule.of("shopify", "shp", START + "(shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32})" + END),
            Rule.of("age", "AGE-SECRET-KEY-1", "(AGE-SECRET-KEY-1[A-Z0-9]{50,60})"),
            Rule.of("azure", "AccountKey=", "AccountKey=([A-Za-z0-9+/]{86}==)"),
            Rule.of("azure", "SharedAccessKey=", "SharedAccessKey=([A-Za-z0-9+/]{43}=)"),
            Rule.of("jwt", "eyJ", START + "(eyJ[A-Za-z0-9_-]{10,}+\\.eyJ[A-Za-z0-9_-]{10,}+\\.[A-Za-z0-9_-]{10,}+)"),
            Rule.of(
                    "url-password",
                    "://",
                    "://[^\\s:/@'\"`<>?#]{0,100}+:([^\\s@/'\"`<>]{3,256}+)@",
                    Randomness::isUrlPassword),
            Rule.of("bearer", "earer ", "[Bb]earer (?:\\\\?[\"'])?([A-Za-z0-9._~+/-]{16,}+=*)", Randomness::isRandom),
            Rule.of("basic-auth", "asic ", "[Aa]uthorization[\"']?: ?[\"']?[Bb]asic ([A-Za-z0-9+/]{8,}+=*)"));

    private KnownFormats() {}

    /// One format of key. Its pattern must be linear: whatever can fail after a repetition is bounded, or begins
    /// where a run of characters begins.
    ///
    /// @param hint literal text without which the pattern cannot match; spares most texts the pattern
    /// @param pattern group 1 is the value
    /// @param looksReal refuses what has the format and is none, such as an example
    record Rule(String kind, String hint, Pattern pattern, Predicate<String> looksReal) {
        static Rule of(String kind, String hint, String pattern) {
            return of(kind, hint, pattern, _ -> true);
        }

        static Rule of(String kind, String hint, String pattern, Predicate<String> looksReal) {
            return new Rule(kind, hint, Pattern.compile(pattern), looksReal);
        }

        void find(String text, List<Finding> found) {
            if (!text.contains(hint)) {
                return;
            }
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                String value = matcher.group(1);
                if (!Randomness.isExample(value) && looksReal.test(value)) {
                    found.add(new Finding(kind, matcher.start(1), matcher.end(1), value));
                }
            }
        }
    }
}
