package dev.fettle.store.run;

import dev.fettle.store.sql.Owner;
import dev.fettle.store.sql.Place;
import java.util.Optional;

/// A worker as the database names it. What is in the name lets others on the same machine see that it is gone.
///
/// @param host for people
record WorkerName(String host, String place, Owner owner) {
    private static final String SEPARATOR = "|";
    /// The scheduler's column has fifty characters, and cuts off what is longer.
    private static final int MOST_HOST = 13;

    static WorkerName current() {
        Place place = Place.current();
        return new WorkerName(place.host(), place.id(), Owner.current());
    }

    static Optional<WorkerName> parse(String text) {
        String[] parts = text.split("\\|", -1);
        try {
            return parts.length == 4
                    ? Optional.of(new WorkerName(
                            parts[0], parts[3], new Owner(Long.parseLong(parts[1]), Long.parseLong(parts[2]))))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /// A name for people: `host, process 1234`.
    static String display(String name) {
        return parse(name)
                .map(each ->
                        "%s, process %d".formatted(each.host(), each.owner().pid()))
                .orElse(name);
    }

    @Override
    public String toString() {
        String shown = host.substring(0, Math.min(MOST_HOST, host.length()));
        return String.join(SEPARATOR, shown, Long.toString(owner.pid()), Long.toString(owner.startedMs()), place);
    }
}
