package dev.fettle.server.operation;

import dev.fettle.server.json.TextForm;
import java.util.List;

/// What a request may carry besides its body. What is in a path is always needed, anything else never.
public record Parameter(Place place, String name, String says, Kind kind) {
    /// Where it is written.
    public enum Place {
        PATH,
        QUERY,
        HEADER
    }

    /// What it may be.
    public sealed interface Kind {
        record Text(int most) implements Kind {}

        record Formed(TextForm form) implements Kind {}

        /// A number without a fraction.
        ///
        /// @param usual what counts where nothing is said
        record Whole(int least, int most, int usual) implements Kind {}

        record Words(List<String> words) implements Kind {}
    }

    public static Parameter path(String name, TextForm form, String says) {
        return new Parameter(Place.PATH, name, says, new Kind.Formed(form));
    }

    public static Parameter query(String name, TextForm form, String says) {
        return new Parameter(Place.QUERY, name, says, new Kind.Formed(form));
    }

    public static Parameter query(String name, Kind kind, String says) {
        return new Parameter(Place.QUERY, name, says, kind);
    }

    public static Parameter header(String name, Kind kind, String says) {
        return new Parameter(Place.HEADER, name, says, kind);
    }
}
