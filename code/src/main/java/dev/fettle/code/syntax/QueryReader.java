package dev.fettle.code.syntax;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;

/// Reads queries as tree-sitter writes them, as far as ours go: nodes, fields, signs in quotes, `_`,
/// alternatives in brackets, captures, and the predicates `eq?`, `any-of?` and `match?`, with or without
/// `not-`.
final class QueryReader {
    private static final java.util.regex.Pattern WORD =
            java.util.regex.Pattern.compile(";[^\n]*|\"(?:[^\"\\\\]|\\\\.)*\"|[()\\[\\]]|[^\\s()\\[\\]\";]+");

    private final Grammar grammar;
    private final List<String> words;
    private final List<String> captures = new ArrayList<>();
    private final Set<Integer> wanted = new HashSet<>();
    private List<Condition> conditions = new ArrayList<>();
    private int at;

    QueryReader(Grammar grammar, String text) {
        this.grammar = grammar;
        this.words = WORD.matcher(text)
                .results()
                .map(MatchResult::group)
                .filter(word -> !word.startsWith(";"))
                .toList();
    }

    /// Every rule of a query.
    Query read() {
        List<Query.Rule> rules = new ArrayList<>();
        while (at < words.size()) {
            conditions = new ArrayList<>();
            Pattern pattern = pattern();
            rules.add(new Query.Rule(rules.size(), pattern, conditions));
        }
        return new Query(grammar, rules, captures, wanted);
    }

    private Pattern pattern() {
        String word = next();
        List<Pattern.Shape> shapes = switch (word) {
            case "[" -> alternatives();
            case "(" -> List.of(node());
            case "_" -> List.of(new Pattern.Shape(Pattern.ANY, List.of()));
            default -> List.of(new Pattern.Shape(sign(word), List.of()));
        };
        List<Integer> names = new ArrayList<>();
        while (at < words.size() && peek().startsWith("@")) {
            names.add(capture(next()));
        }
        return new Pattern(shapes, names);
    }

    private List<Pattern.Shape> alternatives() {
        List<Pattern.Shape> shapes = new ArrayList<>();
        while (!peek().equals("]")) {
            Pattern alternative = pattern();
            if (!alternative.captures().isEmpty()) {
                throw new IllegalArgumentException("A capture inside of brackets belongs behind them");
            }
            shapes.addAll(alternative.shapes());
        }
        at++;
        return shapes;
    }

    private Pattern.Shape node() {
        String name = next();
        int kind = name.equals("_") ? Pattern.ANY : grammar.kind(name, true);
        List<Pattern.Child> children = new ArrayList<>();
        while (!peek().equals(")")) {
            child(children);
        }
        at++;
        return new Pattern.Shape(kind, children);
    }

    private void child(List<Pattern.Child> children) {
        String word = peek();
        if (word.equals("(") && at + 1 < words.size() && words.get(at + 1).startsWith("#")) {
            at++;
            condition(next());
            return;
        }
        int field = 0;
        if (word.endsWith(":")) {
            at++;
            field = grammar.field(word.substring(0, word.length() - 1));
        }
        children.add(new Pattern.Child(field, pattern()));
    }

    private void condition(String name) {
        int capture = capture(next());
        List<String> values = new ArrayList<>();
        while (!peek().equals(")")) {
            values.add(unquoted(next()));
        }
        at++;
        boolean isNegated = name.startsWith("#not-");
        Predicate<String> test = switch (name.replace("#not-", "#")) {
            case "#eq?", "#any-of?" -> Set.copyOf(values)::contains;
            case "#match?" -> java.util.regex.Pattern.compile(values.getFirst()).asPredicate();
            default -> throw new IllegalArgumentException("There is no predicate `%s`".formatted(name));
        };
        conditions.add(new Condition(capture, isNegated ? test.negate() : test));
    }

    private int sign(String word) {
        int kind = grammar.kind(unquoted(word), false);
        wanted.add(kind);
        return kind;
    }

    private static String unquoted(String word) {
        if (!word.startsWith("\"")) {
            throw new IllegalArgumentException("`%s` is neither a node nor a text in quotes".formatted(word));
        }
        return word.substring(1, word.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\");
    }

    private int capture(String word) {
        String name = word.substring(1);
        if (!captures.contains(name)) {
            captures.add(name);
        }
        return captures.indexOf(name);
    }

    private String peek() {
        if (at >= words.size()) {
            throw new IllegalArgumentException("The query ends in the middle of a pattern");
        }
        return words.get(at);
    }

    private String next() {
        String word = peek();
        at++;
        return word;
    }
}
