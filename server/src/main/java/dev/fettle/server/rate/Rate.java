package dev.fettle.server.rate;

import java.time.Duration;

/// How many requests may come in some time. They come back evenly over it, not all at once at its end.
public record Rate(int requests, Duration per) {
    public Rate {
        if (requests < 1 || !per.isPositive()) {
            throw new IllegalArgumentException("Not a rate: %d requests per %s".formatted(requests, per));
        }
    }
}
