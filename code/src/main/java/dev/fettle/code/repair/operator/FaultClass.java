package dev.fettle.code.repair.operator;

import java.util.Locale;

/// Kinds of single faults, with how often an edit of that kind fixes one. The shares are rough: the order
/// follows what studies of small fixes report (Martinez and Monperrus, "Mining software repair models", 2015;
/// Karampatsis and Sutton, "ManySStuBs4J", 2020).
public enum FaultClass {
    COMPARISON(1.0),
    LOOP(0.95),
    OFF_BY_ONE(0.9),
    CONDITION(0.85),
    OPERATOR(0.85),
    NEGATION(0.8),
    RECURSION(0.8),
    ARGUMENT(0.75),
    VARIABLE(0.75),
    CONSTANT(0.75),
    OPERAND(0.7),
    RETURN(0.7),
    CALLEE(0.65),
    GUARD(0.6),
    STATEMENT(0.6);

    private final double share;

    FaultClass(double share) {
        this.share = share;
    }

    public double share() {
        return share;
    }

    /// As people read it: `off by one`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
