package dev.fettle.code.structure;

import java.util.regex.Pattern;

/// Which files are tests, by the customs of the languages.
final class TestFiles {
    private static final Pattern TEST = Pattern.compile(
            "(^|/)(tests?|__tests__|spec)/|(^|/)test_[^/]*\\.py$|_test\\.(go|py|rb|c|cc|cpp)$|_spec\\.rb$"
                    + "|\\.(test|spec)\\.[cm]?[jt]sx?$|(Test|Tests|IT|Spec)\\.(java|kt|cs|php|groovy)$");

    private TestFiles() {}

    static boolean isTest(String path) {
        return TEST.matcher(path).find();
    }
}
