package dev.fettle.core.permission.rule;

import java.util.List;

/// A policy file that cannot be used. Nothing of it is: half a policy is not one.
public final class PolicyFileException extends RuntimeException {
    private final transient List<String> mistakes;

    PolicyFileException(String file, List<String> mistakes) {
        super("%s cannot be used:%n  %s".formatted(file, String.join(System.lineSeparator() + "  ", mistakes)));
        this.mistakes = List.copyOf(mistakes);
    }

    /// All of them, each naming its rule.
    public List<String> mistakes() {
        return mistakes;
    }
}
