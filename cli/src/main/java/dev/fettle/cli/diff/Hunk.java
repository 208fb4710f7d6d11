package dev.fettle.cli.diff;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a part of a diff begins in both files, and how many lines of each it has.
///
/// @param rest what stands after the numbers: the function that git names
record Hunk(int oldStart, int oldLines, int newStart, int newLines, String rest) {
    private static final Pattern HEADER =
            Pattern.compile("@@ -(\\d{1,9})(?:,(\\d{1,9}))? \\+(\\d{1,9})(?:,(\\d{1,9}))? @@(.*)");

    static boolean isHeader(String line) {
        return HEADER.matcher(line).matches();
    }

    static Hunk of(String line) {
        Matcher matcher = HEADER.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(line);
        }
        return new Hunk(
                Integer.parseInt(matcher.group(1)),
                count(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                count(matcher.group(4)),
                matcher.group(5).strip());
    }

    private static int count(@Nullable String number) {
        return number == null ? 1 : Integer.parseInt(number);
    }
}
