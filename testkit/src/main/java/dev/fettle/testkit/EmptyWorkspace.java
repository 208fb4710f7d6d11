package dev.fettle.testkit;

import dev.fettle.core.workspace.FileInfo;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Shell;
import dev.fettle.core.workspace.Workspace;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// A workspace with nothing in it, for commands whose tools touch no files.
public final class EmptyWorkspace implements Workspace {
    private final String name;

    public EmptyWorkspace() {
        this("/work");
    }

    public EmptyWorkspace(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public FilePath locate(String path) {
        return new FilePath(path);
    }

    @Override
    public Optional<FileInfo> info(FilePath path) {
        return Optional.empty();
    }

    @Override
    public List<FileInfo> list(FilePath directory) {
        return List.of();
    }

    @Override
    public InputStream open(FilePath file) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void write(FilePath file, byte[] content) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void replace(FilePath file, Optional<byte[]> known, byte[] content) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void move(FilePath from, FilePath to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void delete(FilePath file) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Shell shell() {
        throw new UnsupportedOperationException();
    }
}
