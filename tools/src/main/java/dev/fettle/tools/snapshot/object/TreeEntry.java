package dev.fettle.tools.snapshot.object;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/// A name in a directory, as git's tree objects hold it.
///
/// Git itself writes only four modes. Here a file has the permissions it really has, or a private file
/// would be restored for all to read; git reads such trees as well. A directory without permissions is one
/// with 755.
public record TreeEntry(int mode, String name, ObjectId id) {
    private static final int KIND = 0170000;
    private static final int DIRECTORY = 0040000;
    private static final int LINK = 0120000;
    private static final int FILE = 0100000;
    private static final int PERMISSIONS = 0777;
    private static final int USUAL_DIRECTORY = 0755;

    /// Git sorts directories as if their names ended with a slash.
    private static final Comparator<TreeEntry> ORDER =
            Comparator.comparing(TreeEntry::sortKey, Arrays::compareUnsigned);

    public static TreeEntry directory(String name, int permissions, ObjectId id) {
        return new TreeEntry(permissions == USUAL_DIRECTORY ? DIRECTORY : DIRECTORY | permissions, name, id);
    }

    public static TreeEntry file(String name, int permissions, ObjectId id) {
        return new TreeEntry(FILE | permissions, name, id);
    }

    public static TreeEntry link(String name, ObjectId id) {
        return new TreeEntry(LINK, name, id);
    }

    /// The same with other content.
    public TreeEntry with(ObjectId content) {
        return new TreeEntry(mode, name, content);
    }

    public boolean isDirectory() {
        return (mode & KIND) == DIRECTORY;
    }

    public boolean isLink() {
        return (mode & KIND) == LINK;
    }

    public boolean isFile() {
        return (mode & KIND) == FILE;
    }

    public int permissions() {
        return mode == DIRECTORY ? USUAL_DIRECTORY : mode & PERMISSIONS;
    }

    private byte[] sortKey() {
        return (isDirectory() ? name + "/" : name).getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] encode(List<TreeEntry> entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(entries.size() * 48);
        for (TreeEntry entry : entries.stream().sorted(ORDER).toList()) {
            out.writeBytes(Integer.toOctalString(entry.mode).getBytes(StandardCharsets.US_ASCII));
            out.write(' ');
            out.writeBytes(entry.name.getBytes(StandardCharsets.UTF_8));
            out.write(0);
            byte[] id = new byte[Constants.OBJECT_ID_LENGTH];
            entry.id.copyRawTo(id, 0);
            out.writeBytes(id);
        }
        return out.toByteArray();
    }

    /// @throws IOException if this is no tree, or one with names that would lead out of their directory
    static List<TreeEntry> decode(byte[] tree) throws IOException {
        List<TreeEntry> entries = new ArrayList<>();
        int at = 0;
        while (at < tree.length) {
            int space = indexOf(tree, ' ', at);
            int end = indexOf(tree, 0, space);
            if (end + Constants.OBJECT_ID_LENGTH >= tree.length) {
                throw new IOException("a tree is cut off");
            }
            int mode = Integer.parseInt(new String(tree, at, space - at, StandardCharsets.US_ASCII), 8);
            String name = new String(tree, space + 1, end - space - 1, StandardCharsets.UTF_8);
            entries.add(checked(new TreeEntry(mode, name, ObjectId.fromRaw(tree, end + 1))));
            at = end + 1 + Constants.OBJECT_ID_LENGTH;
        }
        return entries;
    }

    private static TreeEntry checked(TreeEntry entry) throws IOException {
        String name = entry.name;
        boolean isName = !name.isEmpty() && !name.equals(".") && !name.equals("..") && name.indexOf('/') < 0;
        if (!isName || !(entry.isDirectory() || entry.isFile() || entry.isLink())) {
            throw new IOException("a tree holds the entry `%s`, which no snapshot has".formatted(name));
        }
        return entry;
    }

    private static int indexOf(byte[] bytes, int wanted, int from) throws IOException {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        throw new IOException("a tree is cut off");
    }
}
