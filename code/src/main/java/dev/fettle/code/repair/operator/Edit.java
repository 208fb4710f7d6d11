package dev.fettle.code.repair.operator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/// Some bytes of a file and what takes their place.
///
/// @param end exclusive; as `start` where something is inserted
public record Edit(int start, int end, String replacement) {
    static Edit insert(int place, String text) {
        return new Edit(place, place, text);
    }

    /// The file with all of these, which do not overlap.
    public static byte[] apply(List<Edit> edits, byte[] file) {
        ByteArrayOutputStream edited = new ByteArrayOutputStream(file.length + 64);
        int from = 0;
        for (Edit each : edits.stream()
                .sorted(Comparator.comparingInt(Edit::start).thenComparingInt(Edit::end))
                .toList()) {
            edited.write(file, from, each.start() - from);
            edited.writeBytes(each.replacement().getBytes(StandardCharsets.UTF_8));
            from = each.end();
        }
        edited.write(file, from, file.length - from);
        return edited.toByteArray();
    }
}
