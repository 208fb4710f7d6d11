package dev.fettle.app.config;

import dev.fettle.core.usage.Money;
import dev.fettle.core.workspace.Confinement;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How the texts of settings become values. Each says what it expects when it gets something else.
final class Parsers {
    private static final Map<String, ChronoUnit> DURATION_UNITS =
            Map.of("s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS, "d", ChronoUnit.DAYS);
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})([smhd])");
    private static final Pattern BYTES = Pattern.compile("([0-9]{1,6})([KMGT]?B)");
    /// Powers of 1000 (IEC 80000-13).
    private static final List<String> BYTE_UNITS = List.of("B", "KB", "MB", "GB", "TB");

    private static final Pattern HOST =
            Pattern.compile("(\\*\\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

    private Parsers() {}

    static Setting.Parser<String> text() {
        return text -> text;
    }

    static Setting.Parser<Integer> whole(int least, int most) {
        return text -> {
            try {
                int value = Integer.parseInt(text);
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // Answered below, together with numbers out of range.
            }
            throw new IllegalArgumentException("must be a whole number from %d to %d".formatted(least, most));
        };
    }

    static Setting.Parser<Long> count() {
        return text -> {
            try {
                long value = Long.parseLong(text);
                if (value > 0) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // Answered below, together with numbers that are not positive.
            }
            throw new IllegalArgumentException("must be a whole number above zero");
        };
    }

    static Setting.Parser<Double> decimal(double least, double most) {
        return text -> {
            try {
                double value = Double.parseDouble(text);
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // Answered below, together with numbers out of range.
            }
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "must be a number from %.1f to %.1f", least, most));
        };
    }

    static Setting.Parser<Boolean> flag() {
        return text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "on" -> true;
            case "false", "0", "no", "off" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }

    static Setting.Parser<String> oneOf(List<String> words) {
        return text -> {
            String word = text.toLowerCase(Locale.ROOT);
            if (words.contains(word)) {
                return word;
            }
            throw new IllegalArgumentException("must be one of " + String.join(", ", words));
        };
    }

    static Setting.Parser<Duration> duration() {
        return text -> {
            Matcher matcher = DURATION.matcher(text);
            if (matcher.matches() && Integer.parseInt(matcher.group(1)) > 0) {
                return Duration.of(
                        Long.parseLong(matcher.group(1)), Objects.requireNonNull(DURATION_UNITS.get(matcher.group(2))));
            }
            throw new IllegalArgumentException("must be a time in seconds, minutes, hours or days");
        };
    }

    static Setting.Parser<Duration> durationOrNone() {
        return text -> text.matches("0[smhd]") ? Duration.ZERO : duration().parse(text);
    }

    /// A number of bytes, as in `500MB`.
    static Setting.Parser<Long> bytes() {
        return text -> {
            Matcher matcher = BYTES.matcher(text.toUpperCase(Locale.ROOT));
            if (!matcher.matches()) {
                throw new IllegalArgumentException("must be a number of B, KB, MB, GB or TB");
            }
            long bytes = Long.parseLong(matcher.group(1));
            for (int i = BYTE_UNITS.indexOf(matcher.group(2)); i > 0; i--) {
                bytes *= 1000;
            }
            return bytes;
        };
    }

    static Setting.Parser<List<String>> names() {
        return text -> {
            List<String> names =
                    Stream.of(text.split(",", -1)).map(String::strip).toList();
            if (names.contains("")) {
                throw new IllegalArgumentException("must be names with commas between");
            }
            return names;
        };
    }

    static Setting.Parser<Money> money() {
        return text -> {
            try {
                return Money.of(text.startsWith("$") ? text.substring(1) : text);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("must be an amount of US dollars", e);
            }
        };
    }

    static Setting.Parser<URI> uri(Set<String> schemes) {
        return text -> {
            try {
                URI uri = new URI(text);
                if (uri.getScheme() != null
                        && schemes.contains(uri.getScheme().toLowerCase(Locale.ROOT))
                        && (uri.getHost() != null || uri.getScheme().equals("sqlite"))) {
                    return uri;
                }
            } catch (URISyntaxException e) {
                // Answered below, together with wrong schemes.
            }
            throw new IllegalArgumentException("must be a URL beginning with "
                    + schemes.stream()
                            .sorted()
                            .map(scheme -> scheme + "://")
                            .reduce((a, b) -> a + " or " + b)
                            .orElse(""));
        };
    }

    static Setting.Parser<Confinement.Network> network() {
        return text -> switch (text) {
            case "off" -> new Confinement.Network.Off();
            case "on" -> new Confinement.Network.On();
            default -> {
                List<String> hosts = List.of(text.replaceFirst("^allow:", "").split(",", -1));
                if (text.startsWith("allow:") && hosts.stream().allMatch(HOST.asMatchPredicate())) {
                    yield new Confinement.Network.Allow(hosts);
                }
                throw new IllegalArgumentException("must be off, on, or allow: and host names with commas between");
            }
        };
    }

    static Setting.Parser<String> atLeast(int characters) {
        return text -> {
            if (text.length() >= characters) {
                return text;
            }
            throw new IllegalArgumentException("must have at least %d characters".formatted(characters));
        };
    }
}
