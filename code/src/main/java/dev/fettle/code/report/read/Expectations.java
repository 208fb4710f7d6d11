package dev.fettle.code.report.read;

import dev.fettle.code.report.Expectation;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Takes what was expected and what came out of the messages of assertions. Libraries name them in either order, or not
/// at all.
final class Expectations {
    private static final int LONGEST = 500;
    private static final int MOST_OF_MESSAGE = 4_000;

    private static final List<Pattern> WORDINGS = List.of(
            // JUnit 4 and 5, TestNG
            pattern("expected: ?<(?<e>.{0,500}?)> but was: ?<(?<a>.{0,500}?)>"),
            pattern("expected \\[(?<e>.{0,500}?)\\] but found \\[(?<a>.{0,500}?)\\]"),
            // AssertJ, in two fashions
            pattern("expected: (?<e>[^\n]+)\n\\s*but was: (?<a>[^\n]+)"),
            pattern("Expecting actual:\n\\s+(?<a>[^\n]+)\nto be equal to:\n\\s+(?<e>[^\n]+)"),
            // Jest, xUnit.net, testify, RSpec, node:test
            pattern("Expected: +(?<e>[^\n]+)\n\\s*(?:Received|Actual): +(?<a>[^\n]+)"),
            pattern("expected: (?<e>[^\n]+)\n\\s*(?:actual ?:|got:) +(?<a>[^\n]+)"),
            pattern("left: (?<a>[^\n]+)\n\\s*right: (?<e>[^\n]+)"),
            // NUnit, MSTest
            pattern("Expected: (?<e>[^\n]+)\n\\s+But was: +(?<a>[^\n]+)"),
            pattern("Expected:<(?<e>.{0,500}?)>\\. Actual:<(?<a>.{0,500}?)>"),
            // PHPUnit, chai and Vitest, Node's assert
            pattern(
                    "Failed asserting that (?<a>[^\n]+?) (?:matches expected|is identical to) (?<e>[^\n]+?)\\.?(?:\n|$)"),
            pattern("expected (?<a>[^\n]+?) to (?:deeply )?(?:equal|be) (?<e>[^\n]+?)(?: //|\n|$)"),
            pattern("AssertionError: (?<a>[^\n]+?) != (?<e>[^\n]+)"),
            pattern("(?:^|\n)\\s*(?<a>[^\n]+?) (?:!==|!=) (?<e>[^\n]+?)\\s*(?:\n|$)"),
            // pytest; the right side is by custom what is wanted
            pattern("(?:^|\n|AssertionError: )(?:E +)?assert (?<a>[^\n]+?) == (?<e>[^\n]+)"),
            // Go, by custom
            pattern("(?:=|got|was) (?<a>[^\n,;]+)[,;] (?:want|wanted|expected) (?<e>[^\n]+)"));

    private Expectations() {}

    private static Pattern pattern(String text) {
        return Pattern.compile(text);
    }

    static Optional<Expectation> in(String message) {
        String beginning = message.substring(0, Math.min(message.length(), MOST_OF_MESSAGE));
        return WORDINGS.stream()
                .flatMap(wording -> Hit.in(beginning, wording).stream())
                .map(hit -> new Expectation(worded(hit.get("e")), worded(hit.get("a"))))
                .findFirst();
    }

    private static String worded(String value) {
        return Lines.bounded(value.strip(), LONGEST);
    }
}
