package dev.fettle.code.report;

/// A test as its runner names it.
///
/// @param suite its class, file or package; empty if the runner does not say
public record TestName(String suite, String name) {
    @Override
    public String toString() {
        if (suite.equals(name)) {
            return name;
        }
        return suite.isEmpty() || name.isEmpty() ? suite + name : suite + " › " + name;
    }
}
