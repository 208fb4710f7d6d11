package dev.fettle.tools.snapshot.tree;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;

/// Directories that are held open, so that what is asked of them stays in them even if they are moved or a
/// link takes their place (`openat` with `O_NOFOLLOW`).
public final class OpenDirectory {
    private OpenDirectory() {}

    /// The directory at the root of what is read or written.
    ///
    /// @param root may be reached through links: it is what the user has named
    public static SecureDirectoryStream<Path> root(Path root) throws IOException {
        DirectoryStream<Path> stream = root.getFileSystem().provider().newDirectoryStream(root, path -> true);
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        stream.close();
        throw new IOException("the file system of %s cannot open directories safely; Linux can".formatted(root));
    }

    public static SecureDirectoryStream<Path> child(SecureDirectoryStream<Path> parent, String name)
            throws IOException {
        return parent.newDirectoryStream(Path.of(name), LinkOption.NOFOLLOW_LINKS);
    }

    /// Whether a path survives being text: one that is not valid in the locale's character set does not.
    public static boolean isFaithful(Path path) {
        String text = path.toString();
        if (text.chars().allMatch(each -> each < 0x80)) {
            return true;
        }
        try {
            return Path.of(text).equals(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
