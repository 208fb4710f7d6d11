package dev.fettle.core.workspace;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A few text files, as much of a workspace as the tests here need. A path that begins with `..` is outside.
public final class FilesInMemory implements Workspace {
    private final Map<String, String> files;

    public FilesInMemory(Map<String, String> files) {
        this.files = new TreeMap<>(files);
    }

    @Override
    public String name() {
        return "/work/here";
    }

    @Override
    public FilePath locate(String path) {
        String target = files.getOrDefault(path, "");
        if (target.startsWith("-> ..")) {
            throw new WorkspaceException(
                    WorkspaceException.Kind.OUTSIDE, "`%s` leads out of the workspace".formatted(path));
        }
        return new FilePath(path);
    }

    @Override
    public Optional<FileInfo> info(FilePath path) {
        String content = files.get(path.value());
        if (content != null) {
            long size = content.getBytes(StandardCharsets.UTF_8).length;
            return Optional.of(new FileInfo(path, FileInfo.Kind.FILE, size, Instant.EPOCH));
        }
        return files.keySet().stream().anyMatch(each -> each.startsWith(path.value() + "/"))
                ? Optional.of(new FileInfo(path, FileInfo.Kind.DIRECTORY, 0, Instant.EPOCH))
                : Optional.empty();
    }

    @Override
    public List<FileInfo> list(FilePath directory) {
        return files.keySet().stream()
                .map(FilePath::new)
                .filter(each -> each.parent().equals(directory))
                .flatMap(each -> info(each).stream())
                .toList();
    }

    @Override
    public InputStream open(FilePath file) {
        String content = files.get(file.value());
        if (content == null) {
            throw new WorkspaceException(WorkspaceException.Kind.NOT_FOUND, "No file " + file);
        }
        return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void write(FilePath file, byte[] content) {
        files.put(file.value(), new String(content, StandardCharsets.UTF_8));
    }

    @Override
    public void replace(FilePath file, Optional<byte[]> known, byte[] content) {
        write(file, content);
    }

    @Override
    public void move(FilePath from, FilePath to) {
        String content = files.remove(from.value());
        if (content != null) {
            files.put(to.value(), content);
        }
    }

    @Override
    public void delete(FilePath file) {
        files.remove(file.value());
    }

    @Override
    public Shell shell() {
        throw new WorkspaceException(WorkspaceException.Kind.UNSUPPORTED, "There is no shell here");
    }
}
