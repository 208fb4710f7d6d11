package dev.fettle.tools.search;

import dev.fettle.core.workspace.FileInfo;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.core.workspace.WorkspaceException;
import dev.fettle.tools.text.TextFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jgit.ignore.IgnoreNode;

/// What git ignores in one directory: its own `.gitignore` before those above it, and `.git/info/exclude`
/// last (gitignore(5)). A directory that is ignored is not entered, so nothing below it can be un-ignored.
///
/// What a person has configured for git on this machine, outside the workspace, does not count.
public final class IgnoreRules {
    /// Nothing is ignored.
    public static final IgnoreRules NONE = new IgnoreRules(Optional.empty(), FilePath.ROOT, new IgnoreNode());

    private static final String FILE = ".gitignore";
    private static final int MOST_BYTES = 1024 * 1024;

    private final Optional<IgnoreRules> above;
    private final FilePath directory;
    private final IgnoreNode own;

    private IgnoreRules(Optional<IgnoreRules> above, FilePath directory, IgnoreNode own) {
        this.above = above;
        this.directory = directory;
        this.own = own;
    }

    /// The rules for the children of `directory`.
    static IgnoreRules in(Workspace workspace, FilePath directory) {
        if (directory.isRoot()) {
            byte[] exclude = content(workspace, new FilePath(".git/info/exclude"));
            return NONE.and(FilePath.ROOT, exclude).below(workspace, FilePath.ROOT);
        }
        IgnoreRules rules = in(workspace, directory.parent());
        // Who looks into an ignored directory on purpose wants to see what is there.
        return rules.ignores(directory, true) ? NONE.below(workspace, directory) : rules.below(workspace, directory);
    }

    /// These, and those of a directory they apply to.
    IgnoreRules below(Workspace workspace, FilePath child) {
        return and(child, content(workspace, child.resolve(FILE)));
    }

    /// These, and those that a file in `child`, a directory they apply to, consists of.
    ///
    /// @param lines the content of a `.gitignore`; empty if there is none
    public IgnoreRules and(FilePath child, byte[] lines) {
        IgnoreNode node = parse(lines);
        return node.getRules().isEmpty() ? this : new IgnoreRules(Optional.of(this), child, node);
    }

    public boolean ignores(FilePath path, boolean isDirectory) {
        String relative = directory.isRoot()
                ? path.value()
                : path.value().substring(directory.value().length() + 1);
        Boolean decided = own.checkIgnored(relative, isDirectory);
        return decided == null
                ? above.map(rules -> rules.ignores(path, isDirectory)).orElse(false)
                : decided;
    }

    private static IgnoreNode parse(byte[] lines) {
        IgnoreNode node = new IgnoreNode();
        // Git skips a byte order mark, JGit takes it for a part of the first pattern.
        int from = TextFile.markedCharset(lines).equals(Optional.of(StandardCharsets.UTF_8)) ? 3 : 0;
        try {
            node.parse(new ByteArrayInputStream(lines, from, lines.length - from));
            return node;
        } catch (IOException e) {
            return new IgnoreNode();
        }
    }

    /// Rules that cannot be read are none: a link that leads nowhere must not keep anybody from searching.
    private static byte[] content(Workspace workspace, FilePath file) {
        try {
            if (workspace.info(file).filter(FileInfo::isFile).isEmpty()) {
                return new byte[0];
            }
            try (InputStream in = workspace.open(file)) {
                return in.readNBytes(MOST_BYTES);
            }
        } catch (IOException | WorkspaceException e) {
            return new byte[0];
        }
    }
}
