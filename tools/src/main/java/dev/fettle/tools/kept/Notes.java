package dev.fettle.tools.kept;

import dev.fettle.core.workspace.kept.ArchiveFormat;
import dev.fettle.core.workspace.kept.GitSource;
import dev.fettle.core.workspace.kept.KeptWorkspace;
import dev.fettle.core.workspace.kept.KeptWorkspace.Origin;
import dev.fettle.core.workspace.kept.KeptWorkspace.State;
import dev.fettle.core.workspace.kept.WorkspaceId;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;

/// What is known of workspaces, a file for each. A file is replaced in one step, so that nobody reads half of one.
///
/// @param directory where the files are
record Notes(Path directory) {
    private static final String SUFFIX = ".properties";

    void write(KeptWorkspace workspace) throws IOException {
        Properties lines = new Properties();
        lines.setProperty("user", workspace.user());
        lines.setProperty("name", workspace.name());
        lines.setProperty("created", workspace.createdAt().toString());
        switch (workspace.origin()) {
            case Origin.Nothing _ -> lines.setProperty("origin", "nothing");
            case Origin.Archive archive -> {
                lines.setProperty("origin", "archive");
                lines.setProperty("format", archive.format().name());
            }
            case Origin.Git git -> {
                lines.setProperty("origin", "git");
                lines.setProperty("url", git.source().url());
                git.source().ref().ifPresent(ref -> lines.setProperty("ref", ref));
                git.source().depth().ifPresent(depth -> lines.setProperty("depth", depth.toString()));
            }
        }
        lines.setProperty("state", workspace.state().word());
        switch (workspace.state()) {
            case State.Ready _ -> {}
            case State.Preparing preparing ->
                lines.setProperty("until", preparing.until().toString());
            case State.Failed failed -> lines.setProperty("reason", failed.reason());
        }
        replace(file(workspace.id()), lines);
    }

    private void replace(Path file, Properties lines) throws IOException {
        StringWriter text = new StringWriter();
        lines.store(text, null);
        Path draft = directory.resolve("note-" + UUID.randomUUID());
        try {
            Files.writeString(draft, text.toString());
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private Path file(WorkspaceId id) {
        return directory.resolve(id + SUFFIX);
    }

    Optional<KeptWorkspace> read(WorkspaceId id) throws IOException {
        Properties lines = new Properties();
        try (Reader in = Files.newBufferedReader(file(id), StandardCharsets.UTF_8)) {
            lines.load(in);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        return Optional.of(new KeptWorkspace(
                id,
                lines.getProperty("user", ""),
                lines.getProperty("name", ""),
                origin(lines),
                state(lines),
                Instant.parse(lines.getProperty("created", Instant.EPOCH.toString()))));
    }

    private static Origin origin(Properties lines) {
        return switch (lines.getProperty("origin", "")) {
            case "archive" -> new Origin.Archive(ArchiveFormat.valueOf(lines.getProperty("format", "ZIP")));
            case "git" ->
                new Origin.Git(new GitSource(
                        lines.getProperty("url", ""),
                        Optional.ofNullable(lines.getProperty("ref")),
                        Optional.ofNullable(lines.getProperty("depth")).map(Integer::valueOf)));
            default -> new Origin.Nothing();
        };
    }

    private static State state(Properties lines) {
        return switch (lines.getProperty("state", "")) {
            case "ready" -> new State.Ready();
            case "preparing" ->
                new State.Preparing(Instant.parse(lines.getProperty("until", Instant.EPOCH.toString())));
            default -> new State.Failed(lines.getProperty("reason", ""));
        };
    }

    void delete(WorkspaceId id) throws IOException {
        Files.deleteIfExists(file(id));
    }

    /// Of all workspaces, the newest first.
    List<WorkspaceId> ids() throws IOException {
        List<WorkspaceId> ids = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "ws_*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                WorkspaceId.read(name.substring(0, name.length() - SUFFIX.length()))
                        .ifPresent(ids::add);
            }
        }
        ids.sort((a, b) -> b.value().compareTo(a.value()));
        return ids;
    }
}
