package dev.fettle.code.report;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A test that did not pass.
///
/// @param isError whether it broke rather than found something wrong
/// @param message bounded; may be empty
/// @param frames the innermost first
public record FailedTest(
        TestName test, boolean isError, String message, Optional<Expectation> expectation, List<Frame> frames) {
    public FailedTest {
        frames = List.copyOf(frames);
    }

    public FailedTest mapped(UnaryOperator<Frame> place) {
        return new FailedTest(
                test, isError, message, expectation, frames.stream().map(place).toList());
    }

    public FailedTest inSuite(String suite) {
        return new FailedTest(new TestName(suite, test.name()), isError, message, expectation, frames);
    }
}
