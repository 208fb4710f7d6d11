package dev.fettle.tools.snapshot.diff;

import dev.fettle.core.workspace.FilePath;
import dev.fettle.tools.snapshot.object.ObjectReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.DeflaterOutputStream;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.util.QuotedString;
import org.eclipse.jgit.util.io.BinaryHunkOutputStream;

/// Writes changes of files in git's extended diff format (git-diff(1), "Generating patch text with -p"), as
/// `git diff --binary --full-index` does.
public final class GitPatch {
    /// Of larger files the whole content is given: comparing them line by line takes too long.
    private static final int MOST_TEXT = 4 << 20;

    private final ObjectReader objects;
    private final OutputStream out;

    /// A patch that begins.
    public GitPatch(ObjectReader objects, OutputStream out) {
        this.objects = objects;
        this.out = out;
    }

    /// One file's change; it is made if it was not there, removed if it is there no more.
    void write(FilePath path, Optional<PatchedFile> before, Optional<PatchedFile> after) throws IOException {
        String old = QuotedString.GIT_PATH.quote("a/" + path.value());
        String current = QuotedString.GIT_PATH.quote("b/" + path.value());
        line("diff --git %s %s".formatted(old, current));
        modes(before, after);
        ObjectId from = before.map(PatchedFile::id).orElse(ObjectId.zeroId());
        ObjectId to = after.map(PatchedFile::id).orElse(ObjectId.zeroId());
        if (from.equals(to)) {
            return;
        }
        String mode = before.flatMap(was -> after.filter(is -> is.mode().equals(was.mode())))
                .map(same -> " " + same.mode())
                .orElse("");
        line("index %s..%s%s".formatted(from.name(), to.name(), mode));
        byte[] oldText = text(before);
        byte[] newText = text(after);
        if (isBinary(oldText) || isBinary(newText)) {
            line("GIT binary patch");
            literal(after);
            literal(before);
        } else if (oldText.length > 0 || newText.length > 0) {
            line("--- " + (before.isPresent() ? old : "/dev/null"));
            line("+++ " + (after.isPresent() ? current : "/dev/null"));
            hunks(new RawText(oldText), new RawText(newText));
        }
    }

    private void modes(Optional<PatchedFile> before, Optional<PatchedFile> after) throws IOException {
        if (before.isEmpty()) {
            line("new file mode " + after.orElseThrow().mode());
        } else if (after.isEmpty()) {
            line("deleted file mode " + before.get().mode());
        } else if (!before.get().mode().equals(after.get().mode())) {
            line("old mode " + before.get().mode());
            line("new mode " + after.get().mode());
        }
    }

    private byte[] text(Optional<PatchedFile> file) {
        return file.map(each -> objects.bytes(each.id(), MOST_TEXT)).orElse(new byte[0]);
    }

    private static boolean isBinary(byte[] content) {
        return content.length > MOST_TEXT || RawText.isBinary(content);
    }

    private void hunks(RawText before, RawText after) throws IOException {
        try (DiffFormatter formatter = new DiffFormatter(out)) {
            formatter.format(new HistogramDiff().diff(RawTextComparator.DEFAULT, before, after), before, after);
        }
    }

    private void literal(Optional<PatchedFile> file) throws IOException {
        AtomicLong size = new AtomicLong();
        if (file.isPresent()) {
            objects.copy(file.get().id(), new Counting(size));
        }
        line("literal " + size);
        // What they are closed for is the end of the compressed data; the patch goes on.
        OutputStream hunk = new BinaryHunkOutputStream(new Unclosed(out));
        try (DeflaterOutputStream packed = new DeflaterOutputStream(hunk)) {
            if (file.isPresent()) {
                objects.copy(file.get().id(), packed);
            }
        }
        line("");
    }

    private void line(String text) throws IOException {
        out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static final class Counting extends OutputStream {
        private final AtomicLong count;

        Counting(AtomicLong count) {
            this.count = count;
        }

        @Override
        public void write(int b) {
            count.incrementAndGet();
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            count.addAndGet(length);
        }
    }

    private static final class Unclosed extends OutputStream {
        private final OutputStream out;

        Unclosed(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }
    }
}
