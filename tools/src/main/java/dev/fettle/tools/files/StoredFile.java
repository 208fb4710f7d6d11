package dev.fettle.tools.files;

import dev.fettle.core.tool.ToolContext;
import dev.fettle.core.tool.ToolException;
import dev.fettle.core.workspace.FileInfo;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.core.workspace.WorkspaceException;
import dev.fettle.tools.search.Suggestions;
import dev.fettle.tools.text.Excerpt;
import dev.fettle.tools.text.Sha256;
import dev.fettle.tools.text.TextFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/// A file as it is before a tool changes it.
public final class StoredFile {
    private static final int LARGEST = 10 * 1024 * 1024;

    private final FilePath path;
    private final byte[] content;

    private StoredFile(FilePath path, byte[] content) {
        this.path = path;
        this.content = content;
    }

    /// The file that has to be there.
    ///
    /// @throws ToolException if it is missing, saying what may have been meant, or too large to be changed
    public static StoredFile existing(Workspace workspace, FilePath path) throws InterruptedException {
        Optional<StoredFile> file = at(workspace, path);
        if (file.isEmpty()) {
            throw Suggestions.missing(workspace, path);
        }
        return file.get();
    }

    /// The file, if there is one.
    public static Optional<StoredFile> at(Workspace workspace, FilePath path) {
        Optional<FileInfo> info = workspace.info(path);
        if (info.isEmpty()) {
            return Optional.empty();
        }
        if (info.get().size() > LARGEST) {
            throw new ToolException("%s has %s bytes; files over %s are not changed with this tool. Use bash."
                    .formatted(path, Excerpt.count(info.get().size()), Excerpt.count(LARGEST)));
        }
        try (InputStream in = workspace.open(path)) {
            return Optional.of(new StoredFile(path, in.readNBytes(LARGEST)));
        } catch (IOException e) {
            throw new WorkspaceException(
                    WorkspaceException.Kind.IO, "Cannot read %s: %s.".formatted(path, e.getMessage()), e);
        }
    }

    /// A file as it shall be.
    public static StoredFile of(FilePath path, TextFile text) {
        return new StoredFile(path, text.encode(path.value()));
    }

    /// The same somewhere else.
    public StoredFile named(FilePath other) {
        return new StoredFile(other, content);
    }

    public FilePath path() {
        return path;
    }

    byte[] content() {
        return content;
    }

    /// What the model last knew of the file has to be what it is.
    ///
    /// @throws ToolException if this session has seen the file and it is different from that
    public void refuseIfChanged(ToolContext context) {
        Optional<String> seen = context.lastSeen(path);
        if (seen.isPresent() && !seen.get().equals(Sha256.of(content))) {
            throw new ToolException(
                    "Conflict: %s changed since you last read it. Read it again, then repeat the change."
                            .formatted(path));
        }
    }

    /// Writes it, if what is there is what is known.
    ///
    /// @param known empty if nothing is to be there
    /// @throws WorkspaceException of kind `CHANGED` if that is not so
    public void put(Workspace workspace, Optional<StoredFile> known) {
        workspace.replace(path, known.map(file -> file.content), content);
    }

    /// Removes it, if it still is what it was.
    ///
    /// @throws ToolException if it is not
    public void remove(Workspace workspace) {
        refuseIfOther(workspace);
        workspace.delete(path);
    }

    /// Gives it another name, if it still is what it was and nothing has that name.
    ///
    /// @throws ToolException if that is not so
    public void move(Workspace workspace, FilePath to) {
        refuseIfOther(workspace);
        if (workspace.info(to).isPresent()) {
            throw new ToolException("Conflict: somebody else made %s at the same time.".formatted(to));
        }
        workspace.move(path, to);
    }

    private void refuseIfOther(Workspace workspace) {
        if (at(workspace, path)
                .filter(found -> Arrays.equals(found.content, content))
                .isEmpty()) {
            throw new ToolException(
                    "Conflict: somebody else changed %s at the same time. Read it again, then repeat the change."
                            .formatted(path));
        }
    }

    /// Its text.
    ///
    /// @throws ToolException if it is none
    public TextFile text() {
        if (TextFile.isBinary(content)) {
            throw new ToolException("%s is not text: %s, %s bytes. Use bash with a program that understands it."
                    .formatted(path, FileType.describe(content), Excerpt.count(content.length)));
        }
        return TextFile.decode(content);
    }
}
