package dev.fettle.code.report.read;

import static dev.fettle.code.report.read.TextFormat.Counted.ERRORED;
import static dev.fettle.code.report.read.TextFormat.Counted.FAILED;
import static dev.fettle.code.report.read.TextFormat.Counted.PASSED;
import static dev.fettle.code.report.read.TextFormat.Counted.SKIPPED;
import static dev.fettle.code.report.read.TextFormat.Counted.TOTAL;

import dev.fettle.code.report.read.TextFormat.Count;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The wording of the runners that are read as text. To read another, add it here.
final class TextFormats {
    private static final TextFormat SUREFIRE = new TextFormat(
            List.of(
                    Count.of(TOTAL, "Tests run: (?<n>\\d+),.* Time elapsed: (?<seconds>[\\d.,]+) s.* in "),
                    Count.of(FAILED, "Tests run: .* Failures: (?<n>\\d+),.* Time elapsed: .* in "),
                    Count.of(ERRORED, "Tests run: .* Errors: (?<n>\\d+),.* Time elapsed: .* in "),
                    Count.of(SKIPPED, "Tests run: .* Skipped: (?<n>\\d+),.* Time elapsed: .* in ")),
            Pattern.compile(
                    "^(?:\\[ERROR\\] +)?(?<suite>[\\w.$]+)\\.(?<name>[^\\s.]+(?: .*?)?) -- Time elapsed: .*<<< (?<kind>FAILURE|ERROR)!"),
            Pattern.compile("^\\[(?:INFO|ERROR|WARNING)\\]|^\\s*$"),
            Optional.empty(),
            Optional.empty());

    private static final TextFormat GRADLE = new TextFormat(
            List.of(
                    Count.of(TOTAL, "^(?<n>\\d+) tests? completed, "),
                    Count.of(FAILED, "^\\d+ tests? completed, (?<n>\\d+) failed"),
                    Count.of(SKIPPED, "^\\d+ tests? completed, .*?(?<n>\\d+) skipped")),
            Pattern.compile("^(?<suite>[\\w.$]+)(?: > .+)? > (?<name>.+?) FAILED$"),
            Pattern.compile("^\\S"),
            Optional.empty(),
            Optional.empty());

    private static final TextFormat PYTEST = new TextFormat(
            List.of(
                    Count.of(
                            PASSED,
                            "^(?:=+ )?(?:\\d+ [a-z]+, )*(?<n>\\d+) passed(?:, \\d+ [a-z]+)* in (?<seconds>[\\d.]+)s"),
                    Count.of(FAILED, "^(?:=+ )?(?:\\d+ [a-z]+, )*(?<n>\\d+) failed(?:, \\d+ [a-z]+)* in [\\d.]+s"),
                    Count.of(ERRORED, "^(?:=+ )?(?:\\d+ [a-z]+, )*(?<n>\\d+) errors?(?:, \\d+ [a-z]+)* in [\\d.]+s"),
                    Count.of(
                            SKIPPED,
                            "^(?:=+ )?(?:\\d+ [a-z]+, )*(?<n>\\d+) (?:skipped|xfailed)(?:, \\d+ [a-z]+)* in [\\d.]+s")),
            Pattern.compile("^_{3,} (?<name>.+?) _{3,}$"),
            Pattern.compile("^={3,} "),
            Optional.of(
                    Pattern.compile(
                            "^(?<kind>FAILED|ERROR) (?<suite>\\S+?\\.py)(?:::(?<name>[^ \\[]+(?:\\[.*?\\])?))?(?: - (?<message>.*))?$")),
            Optional.empty());

    private static final TextFormat UNITTEST = new TextFormat(
            List.of(
                    Count.of(TOTAL, "^Ran (?<n>\\d+) tests? in (?<seconds>[\\d.]+)s"),
                    Count.of(FAILED, "^FAILED \\(.*?failures=(?<n>\\d+)"),
                    Count.of(ERRORED, "^FAILED \\(.*?errors=(?<n>\\d+)"),
                    Count.of(SKIPPED, "^(?:OK|FAILED) \\(.*?skipped=(?<n>\\d+)")),
            Pattern.compile("^(?<kind>FAIL|ERROR): (?<name>\\S+) \\((?<suite>[^)]+)\\)"),
            Pattern.compile("^={20,}$|^Ran \\d+ tests? in "),
            Optional.empty(),
            Optional.empty());

    private static final TextFormat JEST = new TextFormat(
            List.of(
                    Count.of(PASSED, "^\\s*Tests:? .*?(?<n>\\d+) passed"),
                    Count.of(FAILED, "^\\s*Tests:? +(?<n>\\d+) failed"),
                    Count.of(SKIPPED, "^\\s*Tests:? .*?(?<n>\\d+) (?:skipped|todo)")),
            Pattern.compile("^\\s*(?:● (?!Console)|FAIL +(?<suite>\\S+) > )(?<name>.+)$"),
            Pattern.compile("^(?:Test Suites:|PASS |\\s*⎯{4,})"),
            Optional.empty(),
            Optional.of(Pattern.compile("^FAIL (?<suite>[^\\s>]+)(?: \\(.*\\))?$")));

    private static final TextFormat MOCHA = new TextFormat(
            List.of(
                    Count.of(PASSED, "^\\s+(?<n>\\d+) passing\\b"),
                    Count.of(FAILED, "^\\s+(?<n>\\d+) failing$"),
                    Count.of(SKIPPED, "^\\s+(?<n>\\d+) pending$")),
            Pattern.compile("^ {2}\\d+\\) (?<name>.+)$"),
            Pattern.compile("^\\s+\\d+ (?:passing|failing|pending)"),
            Optional.empty(),
            Optional.empty());

    private static final TextFormat GO = new TextFormat(
            List.of(
                    Count.of(PASSED, "^\\s*--- PASS: \\S+ \\((?<seconds>[\\d.]+)s\\)"),
                    Count.of(FAILED, "^\\s*--- FAIL: \\S+ \\((?<seconds>[\\d.]+)s\\)"),
                    Count.of(SKIPPED, "^\\s*--- SKIP: \\S+")),
            Pattern.compile("^\\s*--- FAIL: (?<name>\\S+) \\("),
            Pattern.compile("^(?:(?:FAIL|ok|PASS)\\b|--- |=== )|^\\s+--- (?:PASS|SKIP)"),
            Optional.empty(),
            Optional.empty());

    private static final TextFormat CARGO = new TextFormat(
            List.of(
                    Count.of(PASSED, "^test result: .* (?<n>\\d+) passed.*finished in (?<seconds>[\\d.]+)s"),
                    Count.of(FAILED, "^test result: .* (?<n>\\d+) failed"),
                    Count.of(SKIPPED, "^test result: .* (?<n>\\d+) ignored")),
            Pattern.compile("^---- (?<name>\\S+)(?: - .*)?(?: stdout)? ----$"),
            Pattern.compile("^failures:$|^test result:"),
            Optional.empty(),
            Optional.empty());

    private static final TextFormat RSPEC = new TextFormat(
            List.of(
                    Count.of(TOTAL, "^(?<n>\\d+) examples?, \\d+ failures?"),
                    Count.of(FAILED, "^\\d+ examples?, (?<n>\\d+) failures?"),
                    Count.of(SKIPPED, "^\\d+ examples?, .* (?<n>\\d+) pending"),
                    Count.of(ERRORED, "^\\d+ examples?, .* (?<n>\\d+) errors? occurred outside")),
            Pattern.compile("^ {2}\\d+\\) (?<name>.+)$"),
            Pattern.compile("^Finished in |^Failed examples:"),
            Optional.empty(),
            Optional.empty());

    private static final TextFormat PHPUNIT = new TextFormat(
            List.of(
                    Count.of(PASSED, "^OK \\((?<n>\\d+) tests?, "),
                    Count.of(TOTAL, "^Tests: (?<n>\\d+), Assertions: "),
                    Count.of(FAILED, "^Tests: \\d+, Assertions: .*Failures: (?<n>\\d+)"),
                    Count.of(ERRORED, "^Tests: \\d+, Assertions: .*Errors: (?<n>\\d+)"),
                    Count.of(SKIPPED, "^Tests: \\d+, Assertions: .*Skipped: (?<n>\\d+)")),
            Pattern.compile("^\\d+\\) (?<suite>[\\w\\\\]+)::(?<name>.+)$"),
            Pattern.compile("^(?:FAILURES|ERRORS|OK|Tests:|There (?:was|were) )"),
            Optional.empty(),
            Optional.empty());

    private static final TextFormat CTEST = new TextFormat(
            List.of(
                    Count.of(TOTAL, "% tests passed, \\d+ tests? failed out of (?<n>\\d+)"),
                    Count.of(FAILED, "% tests passed, (?<n>\\d+) tests? failed out of")),
            Pattern.compile("^\\s*\\d+/\\d+ Test +#\\d+: (?<name>\\S+) \\.*(?: *\\*\\*\\*)(?!Not Run \\(Disabled)"),
            Pattern.compile("^\\s+Start +\\d+:|^\\s*\\d+/\\d+ Test |% tests passed"),
            Optional.empty(),
            Optional.empty());

    private static final TextFormat DOTNET = new TextFormat(
            List.of(
                    Count.of(PASSED, "^(?:Passed|Failed)! +- .*Passed: +(?<n>\\d+)"),
                    Count.of(FAILED, "^(?:Passed|Failed)! +- Failed: +(?<n>\\d+)"),
                    Count.of(SKIPPED, "^(?:Passed|Failed)! +- .*Skipped: +(?<n>\\d+)")),
            Pattern.compile("^\\s*(?:\\[xUnit.net [^\\]]*\\] +)?Failed (?<name>\\S.*?) \\[[^\\]]+\\]$"),
            Pattern.compile("^(?:Passed|Failed)! +-|^\\s*(?:Passed|Skipped) \\S+ \\[|^Test Run "),
            Optional.empty(),
            Optional.empty());

    static final List<TextFormat> ALL =
            List.of(SUREFIRE, GRADLE, PYTEST, UNITTEST, JEST, MOCHA, GO, CARGO, RSPEC, PHPUNIT, CTEST, DOTNET);

    private TextFormats() {}
}
