package dev.fettle.server.gate;

/// How many may listen to events at a time.
public record Seats(int perUser, int inAll) {
    public static final Seats DEFAULT = new Seats(16, 2_000);

    public Seats {
        if (perUser < 1 || inAll < 1) {
            throw new IllegalArgumentException("Nobody could listen: %d per user, %d in all".formatted(perUser, inAll));
        }
    }
}
