package dev.fettle.bench.repair;

import dev.fettle.testkit.project.Poms;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// How the programs of a language become projects with tests.
enum Language {
    PYTHON("program.py") {
        @Override
        Map<String, String> project(String name, String program, List<String> claims) {
            String tests = claims(claims, """
                        def test_%d(self):
                            self.assertTrue(%s)
                    """);
            return Map.of(path(name), program, "tests/test_program.py", """
                    import unittest
                    from program import *


                    class ProgramTest(unittest.TestCase):
                    %s""".formatted(tests));
        }
    },
    JAVASCRIPT("program.js") {
        @Override
        Map<String, String> project(String name, String program, List<String> claims) {
            String names = program.lines()
                    .filter(line -> line.startsWith("function "))
                    .map(line -> line.substring("function ".length(), line.indexOf('(')))
                    .collect(Collectors.joining(", "));
            String tests = claims(claims, "test('claim %d', () => assert.ok(%s));\n");
            return Map.of(
                    "package.json",
                    "{\"scripts\":{\"test\":\"node --test\"}}",
                    path(name),
                    program + "\nmodule.exports = { %s };\n".formatted(names),
                    "test/program.test.js",
                    """
                    const test = require('node:test');
                    const assert = require('node:assert');
                    const { isDeepStrictEqual: same } = require('node:util');
                    const { %s } = require('../program.js');

                    %s""".formatted(names, tests));
        }
    },
    JAVA("src/main/java/seeded/%s.java") {
        @Override
        Map<String, String> project(String name, String program, List<String> claims) {
            String tests = claims(claims, """
                        @Test
                        void claim%d() {
                            assertTrue(%s);
                        }
                    """);
            return Map.of(
                    "pom.xml",
                    Poms.JUNIT,
                    ".mvn/maven.config",
                    "-o\n",
                    path(name),
                    "package seeded;\n\nfinal class %s {\n%s}\n".formatted(name, program),
                    "src/test/java/seeded/%sTest.java".formatted(name),
                    """
                    package seeded;

                    import static org.junit.jupiter.api.Assertions.assertTrue;
                    import static seeded.%s.*;

                    import org.junit.jupiter.api.Test;

                    class %sTest {
                    %s}
                    """.formatted(name, name, tests));
        }
    };

    private final String place;

    Language(String place) {
        this.place = place;
    }

    /// The files of a project with one program and a test for each claim.
    abstract Map<String, String> project(String name, String program, List<String> claims);

    /// Where the program is.
    String path(String name) {
        return place.formatted(name);
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static String claims(List<String> claims, String form) {
        return IntStream.range(0, claims.size())
                .mapToObj(i -> form.formatted(i, claims.get(i)))
                .collect(Collectors.joining());
    }
}
