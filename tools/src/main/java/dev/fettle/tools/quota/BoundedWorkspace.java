package dev.fettle.tools.quota;

import dev.fettle.core.workspace.FileInfo;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Shell;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.core.workspace.kept.Quota;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// A workspace in a directory that may hold only so much. It is measured only after something was done that may have
/// made it larger: looking at every file takes longer than most steps.
public final class BoundedWorkspace implements Workspace {
    private final Workspace delegate;
    private final Path directory;
    private final Quota quota;
    private final Shell shell;
    private final AtomicBoolean mayHaveGrown = new AtomicBoolean(true);

    public BoundedWorkspace(Workspace delegate, Path directory, Quota quota) {
        this.delegate = delegate;
        this.directory = directory;
        this.quota = quota;
        Shell bounded = new BoundedShell(delegate.shell(), directory, quota);
        this.shell = new GrowingShell(bounded, mayHaveGrown);
    }

    /// Every command may write.
    private record GrowingShell(Shell bounded, AtomicBoolean mayHaveGrown) implements Shell {
        @Override
        public Result run(Command command, Consumer<String> live) throws InterruptedException {
            mayHaveGrown.set(true);
            return bounded.run(command, live);
        }

        @Override
        public Optional<String> lastWords(String script) {
            return bounded.lastWords(script);
        }
    }

    @Override
    public Optional<String> obstacle() {
        Optional<String> inner = delegate.obstacle();
        if (inner.isPresent() || !mayHaveGrown.getAndSet(false)) {
            return inner;
        }
        Optional<String> excess = quota.excess(TreeMeasure.of(directory, quota));
        if (excess.isPresent()) {
            mayHaveGrown.set(true);
        }
        return excess;
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
    public List<FileInfo> list(FilePath path) {
        return delegate.list(path);
    }

    @Override
    public InputStream open(FilePath file) {
        return delegate.open(file);
    }

    @Override
    public void write(FilePath file, byte[] content) {
        mayHaveGrown.set(true);
        delegate.write(file, content);
    }

    @Override
    public void replace(FilePath file, Optional<byte[]> known, byte[] content) {
        mayHaveGrown.set(true);
        delegate.replace(file, known, content);
    }

    @Override
    public void move(FilePath from, FilePath to) {
        mayHaveGrown.set(true);
        delegate.move(from, to);
    }

    @Override
    public void delete(FilePath file) {
        delegate.delete(file);
    }

    @Override
    public Shell shell() {
        return shell;
    }
}
