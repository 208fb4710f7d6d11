package dev.fettle.code.index;

import dev.fettle.code.source.Reference;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/// Where a file uses one name, packed: for each place line, kind and surrounding symbol as numbers of seven
/// bits a byte, the line as the distance from the one before.
final class Places {
    private static final List<Reference.Kind> KINDS = List.of(Reference.Kind.values());

    private final ByteArrayOutputStream packed = new ByteArrayOutputStream(8);
    private int count;
    private int line;

    void add(Reference reference) {
        write(Math.max(0, reference.line() - line));
        write(KINDS.indexOf(reference.kind()));
        write(reference.from() + 1);
        line = Math.max(line, reference.line());
        count++;
    }

    int count() {
        return count;
    }

    byte[] packed() {
        return packed.toByteArray();
    }

    static List<Reference> unpacked(String name, byte[] packed) {
        List<Reference> references = new ArrayList<>();
        int line = 0;
        int[] at = {0};
        while (at[0] < packed.length) {
            line += read(packed, at);
            Reference.Kind kind = KINDS.get(read(packed, at));
            references.add(new Reference(name, kind, line, read(packed, at) - 1));
        }
        return references;
    }

    private void write(int number) {
        int left = number;
        while (left >= 0x80) {
            packed.write((left & 0x7F) | 0x80);
            left >>>= 7;
        }
        packed.write(left);
    }

    private static int read(byte[] packed, int[] at) {
        int number = 0;
        for (int shift = 0; ; shift += 7) {
            int next = packed[at[0]++];
            number |= (next & 0x7F) << shift;
            if (next >= 0) {
                return number;
            }
        }
    }
}
