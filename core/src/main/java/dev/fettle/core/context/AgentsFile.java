package dev.fettle.core.context;

import dev.fettle.core.workspace.FileInfo;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.core.workspace.WorkspaceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The file a project keeps its instructions for agents in (<https://agents.md>), for all of its tree or for a part.
final class AgentsFile {
    static final String NAME = "AGENTS.md";

    private AgentsFile() {}

    /// What the one of a directory says; empty if there is none.
    ///
    /// @param most bytes of it
    static Optional<String> in(Workspace workspace, FilePath directory, int most) {
        try {
            FilePath file = workspace.locate(directory.resolve(NAME).value());
            return workspace.info(file).filter(FileInfo::isFile).map(info -> read(workspace, info, most));
        } catch (WorkspaceException e) {
            return Optional.of("[not read: %s]".formatted(e.getMessage()));
        }
    }

    private static String read(Workspace workspace, FileInfo file, int most) {
        try (InputStream in = workspace.open(file.path())) {
            byte[] content = in.readNBytes(most);
            int length = file.size() <= most || content.length == 0 ? content.length : wholeCharacters(content);
            String text = new String(content, 0, length, StandardCharsets.UTF_8);
            return file.size() <= most
                    ? text
                    : text
                            + "\n[cut after %d of %d bytes; use read on %s for the rest]"
                                    .formatted(length, file.size(), file.path());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file.path(), e);
        }
    }

    /// How many of these bytes remain if a character of UTF-8 (RFC 3629 §3) torn at the end is left out.
    private static int wholeCharacters(byte[] utf8) {
        int start = utf8.length - 1;
        while (start > 0 && (utf8[start] & 0xC0) == 0x80) {
            start--;
        }
        int lead = utf8[start] & 0xFF;
        int needed = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        return start + needed > utf8.length ? start : utf8.length;
    }
}
