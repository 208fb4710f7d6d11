package dev.fettle.code.repair.operator;

import dev.fettle.code.repair.syntax.Source;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// All that a file might mean.
public final class Mutants {
    private static final List<Operator> OPERATORS =
            List.of(new Expressions(), new Values(), new Calls(), new Conditions(), new Returns(), new Statements());

    private Mutants() {}

    /// The most likely first; of those that come to the same text only one.
    public static List<Mutant> of(Source source) {
        Set<ByteBuffer> seen = new HashSet<>();
        seen.add(ByteBuffer.wrap(source.bytes()));
        return new Scene(source)
                .walk(OPERATORS).stream()
                        .sorted(Comparator.comparingDouble(Mutant::chance).reversed())
                        .filter(mutant -> seen.add(ByteBuffer.wrap(Edit.apply(mutant.edits(), source.bytes()))))
                        .toList();
    }
}
