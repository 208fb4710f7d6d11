package dev.fettle.server.exchange;

import dev.fettle.server.problem.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The part of an address behind the question mark.
final class Query {
    private Query() {}

    static Optional<String> parameter(String query, String name) {
        List<String> values = Arrays.stream(query.split("&", -1))
                .map(each -> each.split("=", 2))
                .filter(each -> decoded(each[0]).equals(name))
                .map(each -> each.length == 2 ? decoded(each[1]) : "")
                .toList();
        if (values.size() > 1) {
            throw new Problem(400, "The parameter `%s` is given more than once.".formatted(name)).exception();
        }
        return values.stream().findFirst();
    }

    /// Forms write a space as a plus sign.
    private static String decoded(String encoded) {
        return PercentCoding.decode(encoded.replace("+", "%20"));
    }
}
