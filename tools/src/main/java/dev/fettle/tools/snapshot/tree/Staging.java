package dev.fettle.tools.snapshot.tree;

import dev.fettle.tools.snapshot.object.DurableFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/// A directory in the tree where things are made ready and from where they are renamed into place, so that
/// no file is ever half there.
///
/// Java can open, rename and remove in a directory that is held open, but makes links and directories only
/// by path. They are made here, under names nobody can guess: if a link takes this directory's place at
/// that moment, what lands elsewhere is an empty directory or a link of such a name, and the renaming finds
/// nothing.
final class Staging implements Closeable {
    /// What this leaves at the root when it is killed.
    static final String PREFIX = ".fettle-restore-";

    private static final String PERMISSIONS = "rwxrwxrwx";

    private static final Set<PosixFilePermission> OWN_FILE =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final SecureDirectoryStream<Path> root;
    private final Path path;
    private final SecureDirectoryStream<Path> stream;

    Staging(SecureDirectoryStream<Path> root, Path path) throws IOException {
        this.root = root;
        this.path = Files.createDirectory(path.resolve(PREFIX + UUID.randomUUID()), DurableFile.PRIVATE_DIRECTORY);
        this.stream = OpenDirectory.child(root, this.path.getFileName().toString());
    }

    /// Makes a file there in one step, in place of whatever file or link has its name.
    void file(SecureDirectoryStream<Path> directory, String name, int permissions, DurableFile.Content content)
            throws IOException {
        Path draft = Path.of(UUID.randomUUID().toString());
        try (OutputStream out = Channels.newOutputStream(stream.newByteChannel(
                draft,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(OWN_FILE)))) {
            content.writeTo(out);
        }
        permit(stream, draft.toString(), permissions);
        stream.move(draft, directory, Path.of(name));
    }

    void link(SecureDirectoryStream<Path> directory, String name, String target) throws IOException {
        Path draft = Path.of(UUID.randomUUID().toString());
        Files.createSymbolicLink(path.resolve(draft), Path.of(target));
        stream.move(draft, directory, Path.of(name));
    }

    /// Makes an empty directory there that only its owner can enter.
    void directory(SecureDirectoryStream<Path> directory, String name) throws IOException {
        Path draft = Path.of(UUID.randomUUID().toString());
        Files.createDirectory(path.resolve(draft), DurableFile.PRIVATE_DIRECTORY);
        stream.move(draft, directory, Path.of(name));
    }

    static void permit(SecureDirectoryStream<Path> directory, String name, int permissions) throws IOException {
        StringBuilder letters = new StringBuilder(PERMISSIONS);
        for (int i = 0; i < PERMISSIONS.length(); i++) {
            if ((permissions & (1 << (PERMISSIONS.length() - 1 - i))) == 0) {
                letters.setCharAt(i, '-');
            }
        }
        attributes(directory, name).setPermissions(PosixFilePermissions.fromString(letters.toString()));
    }

    static boolean isDirectory(SecureDirectoryStream<Path> directory, String name) throws IOException {
        return attributes(directory, name).readAttributes().isDirectory();
    }

    static PosixFileAttributeView attributes(SecureDirectoryStream<Path> directory, String name) {
        return directory.getFileAttributeView(Path.of(name), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void close() throws IOException {
        // What could not be moved into place: a file, a link or an empty directory.
        for (Path each : stream) {
            if (isDirectory(stream, each.getFileName().toString())) {
                stream.deleteDirectory(each.getFileName());
            } else {
                stream.deleteFile(each.getFileName());
            }
        }
        stream.close();
        root.deleteDirectory(path.getFileName());
    }
}
