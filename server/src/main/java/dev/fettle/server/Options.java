package dev.fettle.server;

import dev.fettle.server.client.Cidr;
import dev.fettle.server.gate.Seats;
import dev.fettle.server.json.TextRules;
import dev.fettle.server.rate.Rate;
import dev.fettle.server.sse.Pace;
import dev.fettle.server.wire.Bounds;
import dev.fettle.server.wire.Patience;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// How a server is to be run.
///
/// @param port 0 for any that is free
/// @param texts what the texts in bodies may be
/// @param seats how many may listen to events at a time
/// @param grace how long a stop waits for those who are inside
public record Options(
        String host,
        int port,
        Bounds bounds,
        TextRules texts,
        Patience patience,
        Trust trust,
        Rates rates,
        Seats seats,
        Pace pace,
        Duration grace) {
    /// Who is believed.
    ///
    /// @param allowedHosts the names under which the server answers, without ports. If there are none, a
    ///     server that only this machine can reach answers as `localhost`, `127.0.0.1` and `[::1]`, any other
    ///     under every name
    /// @param corsOrigins the origins whose pages may read answers
    /// @param proxies whose `X-Forwarded-For` is believed
    public record Trust(Set<String> allowedHosts, Set<String> corsOrigins, List<Cidr> proxies) {
        public static final Trust DEFAULT = new Trust(Set.of(), Set.of(), List.of());

        public Trust {
            allowedHosts = Set.copyOf(allowedHosts);
            corsOrigins = Set.copyOf(corsOrigins);
            proxies = List.copyOf(proxies);
        }
    }

    /// How much is served.
    ///
    /// @param keys of how many addresses, and of how many users, count is kept
    public record Rates(Rate perAddress, Rate perUser, int keys) {
        public static final Rates DEFAULT = perMinute(100, 60);

        /// So many requests a minute of an address, and of a user.
        public static Rates perMinute(int ofAddress, int ofUser) {
            Duration minute = Duration.ofMinutes(1);
            return new Rates(new Rate(ofAddress, minute), new Rate(ofUser, minute), 100_000);
        }
    }

    public static Options on(String host, int port) {
        return new Options(
                host,
                port,
                Bounds.DEFAULT,
                TextRules.DEFAULT,
                Patience.DEFAULT,
                Trust.DEFAULT,
                Rates.DEFAULT,
                Seats.DEFAULT,
                Pace.DEFAULT,
                Duration.ofSeconds(30));
    }

    public Options with(Bounds other) {
        return new Options(host, port, other, texts, patience, trust, rates, seats, pace, grace);
    }

    public Options with(TextRules other) {
        return new Options(host, port, bounds, other, patience, trust, rates, seats, pace, grace);
    }

    public Options with(Patience other) {
        return new Options(host, port, bounds, texts, other, trust, rates, seats, pace, grace);
    }

    public Options with(Trust other) {
        return new Options(host, port, bounds, texts, patience, other, rates, seats, pace, grace);
    }

    public Options with(Rates other) {
        return new Options(host, port, bounds, texts, patience, trust, other, seats, pace, grace);
    }

    public Options with(Seats other) {
        return new Options(host, port, bounds, texts, patience, trust, rates, other, pace, grace);
    }

    public Options with(Pace other) {
        return new Options(host, port, bounds, texts, patience, trust, rates, seats, other, grace);
    }

    public Options with(Duration otherGrace) {
        return new Options(host, port, bounds, texts, patience, trust, rates, seats, pace, otherGrace);
    }
}
