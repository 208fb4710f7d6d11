package dev.fettle.server.api;

import dev.fettle.core.workspace.kept.ArchiveFormat;
import dev.fettle.core.workspace.kept.GitSource;
import dev.fettle.core.workspace.kept.KeptWorkspace;
import dev.fettle.core.workspace.kept.KeptWorkspace.Origin;
import dev.fettle.core.workspace.kept.KeptWorkspace.State;
import dev.fettle.core.workspace.kept.KeptWorkspaceException;
import dev.fettle.core.workspace.kept.KeptWorkspaceException.Kind;
import dev.fettle.core.workspace.kept.KeptWorkspaces;
import dev.fettle.core.workspace.kept.WorkspaceId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Workspaces that nobody fetches anything into: the test says how they stand.
final class Yard implements KeptWorkspaces {
    private final Path root;
    private final InstantSource clock;
    private final SequencedMap<WorkspaceId, KeptWorkspace> all = new LinkedHashMap<>();
    private State nextFetch = new State.Ready();
    private boolean isFull;

    Yard(Path root, InstantSource clock) throws IOException {
        this.root = root.toRealPath();
        this.clock = clock;
    }

    synchronized void nextFetch(State state) {
        nextFetch = state;
    }

    synchronized void settle(String id, State state) {
        all.computeIfPresent(new WorkspaceId(id), (_, workspace) -> workspace.with(state));
    }

    synchronized void isFull() {
        isFull = true;
    }

    private synchronized KeptWorkspace put(Label label, Origin origin, State state) {
        requireRoom();
        WorkspaceId id = WorkspaceId.at(clock.instant());
        KeptWorkspace workspace = new KeptWorkspace(id, label.user(), label.name(), origin, state, clock.instant());
        all.putFirst(id, workspace);
        if (state instanceof State.Ready) {
            try {
                Files.createDirectory(directory(id));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        return workspace;
    }

    @Override
    public KeptWorkspace make(Label label) {
        return put(label, new Origin.Nothing(), new State.Ready());
    }

    /// The archive itself, as a file.
    @Override
    public KeptWorkspace unpack(Label label, ArchiveFormat format, InputStream archive) throws IOException {
        byte[] bytes = archive.readAllBytes();
        if (new String(bytes, StandardCharsets.UTF_8).startsWith("bad")) {
            throw new KeptWorkspaceException(Kind.REFUSED, "The entry `../x` leads out of the workspace.");
        }
        KeptWorkspace workspace = put(label, new Origin.Archive(format), new State.Ready());
        Files.write(directory(workspace.id()).resolve("archive"), bytes);
        return workspace;
    }

    @Override
    public synchronized KeptWorkspace fetch(Label label, GitSource source) {
        if (!source.url().startsWith("https://")) {
            throw new KeptWorkspaceException(Kind.REFUSED, "Not from there.");
        }
        return put(label, new Origin.Git(source), nextFetch);
    }

    @Override
    public synchronized Optional<KeptWorkspace> find(WorkspaceId id) {
        return Optional.ofNullable(all.get(id));
    }

    @Override
    public synchronized List<KeptWorkspace> list() {
        return List.copyOf(all.values());
    }

    @Override
    public Path directory(WorkspaceId id) {
        return root.resolve(id.value());
    }

    @Override
    public synchronized void delete(WorkspaceId id) {
        all.remove(id);
    }

    @Override
    public synchronized void requireRoom() {
        if (isFull) {
            throw new KeptWorkspaceException(Kind.FULL, "No room.");
        }
    }
}
