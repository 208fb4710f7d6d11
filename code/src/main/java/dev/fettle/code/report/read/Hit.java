package dev.fettle.code.report.read;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a pattern found in a line, by the names of its groups.
record Hit(Matcher matcher) {

    static Optional<Hit> in(String line, Pattern pattern) {
        Matcher matcher = pattern.matcher(line);
        return matcher.find() ? Optional.of(new Hit(matcher)) : Optional.empty();
    }

    /// Empty if the pattern has no such group, or it took no part.
    String get(String group) {
        if (!matcher.namedGroups().containsKey(group)) {
            return "";
        }
        @Nullable String text = matcher.group(group);
        return text == null ? "" : text;
    }

    /// Zero if it is no number that fits.
    int number(String group) {
        String digits = get(group);
        return digits.isEmpty() || digits.length() > 9 ? 0 : Integer.parseInt(digits);
    }

    /// The time in a group of seconds or milliseconds.
    Duration duration() {
        return seconds(get("seconds")).plus(seconds(get("millis")).dividedBy(1_000));
    }

    static Duration seconds(String text) {
        try {
            double seconds = text.isEmpty() ? 0 : Double.parseDouble(text.replace(",", ""));
            return seconds > 0 && seconds < 1e7 ? Duration.ofNanos(Math.round(seconds * 1e9)) : Duration.ZERO;
        } catch (NumberFormatException e) {
            return Duration.ZERO;
        }
    }
}
