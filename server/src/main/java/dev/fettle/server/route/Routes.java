package dev.fettle.server.route;

import dev.fettle.server.exchange.Access;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Destination;
import dev.fettle.server.exchange.Handler;
import dev.fettle.server.exchange.PercentCoding;
import dev.fettle.server.problem.Problem;
import dev.fettle.server.problem.ProblemException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// All routes. A path matches to the letter: another slash, a dot segment or a different case is another
/// path. Where a word and a `{name}` both fit, the word wins. `HEAD` goes where `GET` does, `OPTIONS` tells
/// what else there is.
public final class Routes {
    private static final String NOWHERE = "-";

    private final List<Path> paths;

    public Routes(List<Route> routes) {
        Map<String, Map<String, Route>> byPattern = new LinkedHashMap<>();
        for (Route route : routes) {
            Route same = byPattern
                    .computeIfAbsent(route.pattern(), _ -> new TreeMap<>())
                    .put(route.method(), route);
            if (same != null) {
                throw new IllegalArgumentException("Two routes for %s %s".formatted(route.method(), route.pattern()));
            }
        }
        paths = byPattern.entrySet().stream()
                .map(each -> new Path(each.getKey(), segments(each.getKey()), each.getValue()))
                .sorted(Comparator.comparing(Path::names))
                .toList();
    }

    public Destination find(String method, String path) {
        try {
            List<String> segments =
                    segments(path).stream().map(PercentCoding::decode).toList();
            for (Path each : paths) {
                Optional<Map<String, String>> values = each.match(segments);
                if (values.isPresent()) {
                    return each.destination(method, values.get());
                }
            }
        } catch (ProblemException e) {
            return refusal(NOWHERE, e.problem());
        }
        return refusal(NOWHERE, new Problem(404, "There is nothing at this address."));
    }

    private static List<String> segments(String path) {
        return Arrays.asList(path.split("/", -1));
    }

    private static Destination refusal(String pattern, Problem problem) {
        return new Destination(pattern, Map.of(), new Access.Open(), _ -> {
            throw problem.exception();
        });
    }

    /// How the last segment of a pattern ends that stands for all that follows.
    private static final String REST = "...}";

    private record Path(String pattern, List<String> segments, Map<String, Route> routes) {
        long names() {
            return segments.stream().filter(Path::isName).count();
        }

        Optional<Map<String, String>> match(List<String> given) {
            String last = segments.getLast();
            if (last.endsWith(REST)) {
                return given.size() < segments.size() ? Optional.empty() : matchRest(given, last);
            }
            return given.size() == segments.size() ? matchEach(given, segments) : Optional.empty();
        }

        private Optional<Map<String, String>> matchRest(List<String> given, String last) {
            int fixed = segments.size() - 1;
            // Whoever knows the names from the description sends their slashes encoded.
            String rest = String.join("/", given.subList(fixed, given.size()));
            String name = last.substring(1, last.length() - REST.length());
            return Routes.segments(rest).stream().allMatch(Path::isSound)
                    ? matchEach(given.subList(0, fixed), segments.subList(0, fixed))
                            .map(values -> {
                                values.put(name, rest);
                                return values;
                            })
                    : Optional.empty();
        }

        private static boolean isSound(String value) {
            return !value.isEmpty() && !value.equals(".") && !value.equals("..") && !value.contains("/");
        }

        private static Optional<Map<String, String>> matchEach(List<String> given, List<String> segments) {
            Map<String, String> values = new HashMap<>();
            for (int i = 0; i < given.size(); i++) {
                String segment = segments.get(i);
                String value = given.get(i);
                if (isName(segment)) {
                    if (!isSound(value)) {
                        return Optional.empty();
                    }
                    values.put(segment.substring(1, segment.length() - 1), value);
                } else if (!segment.equals(value)) {
                    return Optional.empty();
                }
            }
            return Optional.of(values);
        }

        Destination destination(String method, Map<String, String> values) {
            Route route = routes.get(method.equals("HEAD") && !routes.containsKey("HEAD") ? "GET" : method);
            if (route != null) {
                return new Destination(pattern, values, route.access(), route.handler(), route.isProbe());
            }
            TreeSet<String> allowed = new TreeSet<>(routes.keySet());
            if (allowed.contains("GET")) {
                allowed.add("HEAD");
            }
            allowed.add("OPTIONS");
            String allow = String.join(", ", allowed);
            if (method.equals("OPTIONS")) {
                Handler tell = _ -> Answer.empty(204).with("Allow", allow);
                return new Destination(pattern, values, new Access.Open(), tell);
            }
            return refusal(pattern, new Problem(405, "This address takes %s.".formatted(allow)).with("Allow", allow));
        }

        private static boolean isName(String segment) {
            return segment.startsWith("{");
        }
    }
}
