package dev.fettle.tools.snapshot.diff;

import dev.fettle.tools.snapshot.object.TreeEntry;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/// A file or link on one side of a patch. Of permissions, git knows only whether a file is a program.
record PatchedFile(String mode, ObjectId id) {
    private static final String LINK = "120000";
    private static final int OWNER_MAY_RUN = 0100;

    /// Empty for a directory, which patches do not mention.
    static Optional<PatchedFile> of(TreeEntry entry) {
        if (entry.isDirectory()) {
            return Optional.empty();
        }
        String file = (entry.permissions() & OWNER_MAY_RUN) == 0 ? "100644" : "100755";
        return Optional.of(new PatchedFile(entry.isLink() ? LINK : file, entry.id()));
    }

    boolean isLink() {
        return mode.equals(LINK);
    }
}
