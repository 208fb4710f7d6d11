package dev.fettle.server.api.guard;

import dev.fettle.server.exchange.Request;
import dev.fettle.server.json.TextForm;
import dev.fettle.server.operation.Parameter;
import dev.fettle.server.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Which part of a list to show.
///
/// @param after the place of the last one on the page before, as [Part#next] said; empty for the first page
public record Page(int limit, Optional<String> after) {
    private static final int USUAL = 50;
    private static final int MOST = 200;

    /// How a client says how many it wants.
    public static final Parameter LIMIT =
            Parameter.query("limit", new Parameter.Kind.Whole(1, MOST, USUAL), "How many at most.");

    /// How a client turns the page.
    public static final Parameter CURSOR =
            Parameter.query("cursor", TextForm.CURSOR, "`next_cursor` of the page before.");

    /// One page of a list.
    ///
    /// @param next what to send as `cursor` for the page that follows; empty when there is none
    public record Part<T>(List<T> items, Optional<String> next) {}

    /// What `limit` and `cursor` of the query say.
    public static Page of(Request request) {
        return new Page(
                request.parameter("limit").map(Page::limit).orElse(USUAL),
                request.parameter("cursor").map(Page::place));
    }

    private static int limit(String text) {
        if (text.matches("[0-9]{1,3}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= MOST) {
            return Integer.parseInt(text);
        }
        throw new Problem(400, "`limit` is a number from 1 to %d.".formatted(MOST)).exception();
    }

    private static String place(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            throw new Problem(400, "`cursor` is not one that a page before this one gave.").exception();
        }
    }

    /// This page of what is sorted by its place, the greatest first.
    ///
    /// @param place a text that sorts as the list does
    public <T> Part<T> of(Stream<T> sorted, Function<T, String> place) {
        List<T> found = sorted.filter(
                        each -> after.isEmpty() || place.apply(each).compareTo(after.get()) < 0)
                .limit(limit + 1L)
                .toList();
        if (found.size() <= limit) {
            return new Part<>(found, Optional.empty());
        }
        List<T> items = found.subList(0, limit);
        String next = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(place.apply(items.getLast()).getBytes(StandardCharsets.US_ASCII));
        return new Part<>(items, Optional.of(next));
    }
}
