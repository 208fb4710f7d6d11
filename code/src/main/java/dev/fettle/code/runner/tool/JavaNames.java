package dev.fettle.code.runner.tool;

import dev.fettle.code.report.TestName;
import java.util.regex.Pattern;

/// How build tools of the JVM want tests to be named.
final class JavaNames {
    private static final Pattern EXTENSION = Pattern.compile("\\.(?:java|kt|groovy|scala)$");

    private JavaNames() {}

    static boolean isSource(String path) {
        return EXTENSION.matcher(path).find();
    }

    /// The class in a file, without its package.
    static String ofFile(String path) {
        return EXTENSION.matcher(path.substring(path.lastIndexOf('/') + 1)).replaceFirst("");
    }

    /// The class of a test, whose suite may also be its file; any class if nothing is known.
    static String type(TestName test) {
        String suite = test.suite();
        return suite.isEmpty() ? "*" : isSource(suite) ? ofFile(suite) : suite;
    }

    /// The method, without the parameters or the number that a runner adds.
    static String method(TestName test) {
        return test.name().replaceFirst("[(\\[{ ].*$", "");
    }
}
