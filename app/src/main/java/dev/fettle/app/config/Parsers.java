package dev.fettle.app.config;

import dev.fettle.core.usage.Money;
import dev.fettle.core.workspace.Confinement;
import dev.fettle.server.client.Cidr;
import dev.fettle.server.gate.Cors;
import dev.fettle.server.json.ForbiddenText;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
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

    /// A number of bytes within bounds.
    static Setting.Parser<Long> bytes(long least, long most) {
        return text -> {
            long bytes = bytes().parse(text);
            if (bytes < least || bytes > most) {
                throw new IllegalArgumentException("must be from %d to %d bytes".formatted(least, most));
            }
            return bytes;
        };
    }

    static Setting.Parser<List<String>> names() {
        return list("must be names with commas between", name -> name);
    }

    /// Names or addresses of hosts, without ports.
    static Setting.Parser<List<String>> hosts() {
        return list("must be names of hosts without ports, with commas between", host -> {
            if (!host.matches("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]")) {
                throw new IllegalArgumentException();
            }
            return host;
        });
    }

    static Setting.Parser<List<String>> origins() {
        return list("must be origins with commas between; there is no wildcard", origin -> {
            Cors.check(origin);
            return origin;
        });
    }

    static Setting.Parser<List<Cidr>> addresses() {
        return list("must be addresses or blocks of them with commas between", Cidr::parse);
    }

    private static <T> Setting.Parser<List<T>> list(String rule, Function<String, T> reader) {
        return text -> {
            try {
                return Stream.of(text.split(",", -1))
                        .map(String::strip)
                        .map(each -> {
                            if (each.isEmpty()) {
                                throw new IllegalArgumentException();
                            }
                            return reader.apply(each);
                        })
                        .toList();
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(rule, e);
            }
        };
    }

    /// Regular expressions, which have commas but need no blanks: `\\s` is one.
    static Setting.Parser<List<ForbiddenText>> expressions() {
        return text -> {
            try {
                return Stream.of(text.strip().split("\\s+", -1))
                        .map(ForbiddenText::of)
                        .toList();
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "must be regular expressions with blanks between (%s)".formatted(e.getMessage()), e);
            }
        };
    }

    /// Who can change what comes over the network could put in their own keys.
    static Setting.Parser<URI> safeUrl() {
        return text -> {
            URI url = uri(Set.of("http", "https")).parse(text);
            if (url.getScheme().equalsIgnoreCase("http")
                    && !Set.of("localhost", "127.0.0.1", "[::1]").contains(url.getHost())) {
                throw new IllegalArgumentException(
                        "must be a URL beginning with https://, unless it is of this machine");
            }
            return url;
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
