package dev.fettle.bench.repair;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// A program with one fault.
///
/// @param kind the class of operators that should take it back; `none` if no single edit of theirs does
/// @param right the program without it
/// @param tests claims that hold of it, one of which the fault breaks
/// @param held further ones, which a repair does not see
record SeededFault(
        Language language,
        String kind,
        String name,
        String right,
        String wrong,
        List<String> tests,
        List<String> held) {
    /// What stands in a line of the data for a line's end, and for a bar.
    private static final String NEWLINE = "⏎";

    /// All of a language, from the file of its name: programs, each with its tests and its faults, `kind | right |
    /// wrong`.
    static List<SeededFault> all(Language language) {
        List<SeededFault> faults = new ArrayList<>();
        for (String program : text(language).split("(?m)^## program ", -1)) {
            if (program.isBlank()) {
                continue;
            }
            int end = program.indexOf('\n');
            String[] sections = program.substring(end + 1).split("(?m)^## (?:tests|held|faults)\n", -1);
            String name = program.substring(0, end).strip();
            for (String line : sections[3].lines().toList()) {
                String[] parts = line.replace("\\|", "\0").split(" \\| ?", -1);
                String right = sections[0];
                String wrong = right.replace(plain(parts[1]), plain(parts[2]));
                faults.add(new SeededFault(
                        language, parts[0], name, right, wrong, lines(sections[1]), lines(sections[2])));
            }
        }
        return faults;
    }

    private static String plain(String text) {
        return text.replace("\0", "|").replace(NEWLINE, "\n");
    }

    private static List<String> lines(String text) {
        return Arrays.stream(text.split("\n", -1))
                .filter(line -> !line.isBlank())
                .toList();
    }

    private static String text(Language language) {
        try (InputStream in = Objects.requireNonNull(SeededFault.class.getResourceAsStream(language.word() + ".txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
