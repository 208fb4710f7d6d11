package dev.fettle.core.workspace;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Refuses every change; reading goes to the workspace it wraps.
public final class ReadOnlyWorkspace implements Workspace {
    private final Workspace delegate;
    private final Shell shell;

    /// Refuses every change and every command.
    public ReadOnlyWorkspace(Workspace delegate) {
        this(delegate, ReadOnlyWorkspace::noCommands);
    }

    /// Refuses every change; commands are the affair of a shell that confines them likewise.
    public ReadOnlyWorkspace(Workspace delegate, Shell shell) {
        this.delegate = delegate;
        this.shell = shell;
    }

    @Override
    public String name() {
        return delegate.name();
    }

    @Override
    public FilePath locate(String path) {
        return delegate.locate(path);
    }

    @Override
    public Optional<FileInfo> info(FilePath path) {
        return delegate.info(path);
    }

    @Override
    public List<FileInfo> list(FilePath directory) {
        return delegate.list(directory);
    }

    @Override
    public InputStream open(FilePath file) {
        return delegate.open(file);
    }

    @Override
    public void write(FilePath file, byte[] content) {
        throw refusal("write " + file);
    }

    @Override
    public void replace(FilePath file, Optional<byte[]> known, byte[] content) {
        write(file, content);
    }

    @Override
    public void move(FilePath from, FilePath to) {
        throw refusal("move " + from + " to " + to);
    }

    @Override
    public void delete(FilePath file) {
        throw refusal("delete " + file);
    }

    @Override
    public Optional<String> obstacle() {
        return delegate.obstacle();
    }

    @Override
    public Shell shell() {
        return shell;
    }

    private static Shell.Result noCommands(Shell.Command command, Consumer<String> live) {
        throw refusal("run a command");
    }

    private static WorkspaceException refusal(String what) {
        return new WorkspaceException(
                WorkspaceException.Kind.READ_ONLY,
                "Cannot %s: the workspace is read-only (READONLY_MODE is on). Say what you would change instead."
                        .formatted(what));
    }
}
