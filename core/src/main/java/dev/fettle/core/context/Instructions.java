package dev.fettle.core.context;

import dev.fettle.core.workspace.FileInfo;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.core.workspace.WorkspaceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/// The system text of a session: how Fettle works, where it is, and what the user and the project want of it.
/// Written once, into the session's first event; later turns reuse it byte for byte, so that provider caches
/// hit.
///
/// @param platform operating system and shell, as the model should know them
/// @param personal the user's own standing instructions, for all projects
public record Instructions(String platform, LocalDate today, Optional<String> personal) {
    /// The file a project keeps its instructions for agents in (<https://agents.md>).
    private static final String PROJECT_FILE = "AGENTS.md";

    private static final int MOST_BYTES = 32 * 1024;
    private static final String BASE = base();

    /// The same without the user's own, where it must not matter whose machine it is.
    public Instructions impersonal() {
        return new Instructions(platform, today, Optional.empty());
    }

    public String textFor(Workspace workspace) {
        StringBuilder text = new StringBuilder(BASE);
        text.append("\nEnvironment\n- Workspace: ")
                .append(workspace.name())
                .append(isGitRepository(workspace) ? " (a git repository)" : " (not a git repository)")
                .append("\n- Platform: ")
                .append(platform)
                .append("\n- Date: ")
                .append(today)
                .append('\n');
        personal.ifPresent(own -> section(text, "The user's standing instructions", own));
        project(workspace).ifPresent(own -> section(text, "The project's instructions (" + PROJECT_FILE + ")", own));
        return text.toString();
    }

    private static void section(StringBuilder text, String title, String content) {
        text.append('\n').append(title).append('\n').append(content.strip()).append('\n');
    }

    private static boolean isGitRepository(Workspace workspace) {
        return workspace.info(new FilePath(".git")).isPresent();
    }

    private static Optional<String> project(Workspace workspace) {
        try {
            FilePath file = workspace.locate(PROJECT_FILE);
            return workspace.info(file).filter(FileInfo::isFile).map(info -> read(workspace, info));
        } catch (WorkspaceException e) {
            return Optional.of("[not read: %s]".formatted(e.getMessage()));
        }
    }

    private static String read(Workspace workspace, FileInfo file) {
        try (InputStream in = workspace.open(file.path())) {
            byte[] content = in.readNBytes(MOST_BYTES);
            int length = file.size() <= MOST_BYTES ? content.length : wholeCharacters(content);
            String text = new String(content, 0, length, StandardCharsets.UTF_8);
            return file.size() <= MOST_BYTES
                    ? text
                    : text
                            + "\n[cut after %d of %d bytes; use read on %s for the rest]"
                                    .formatted(length, file.size(), PROJECT_FILE);
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

    private static String base() {
        try (InputStream in = Instructions.class.getResourceAsStream("instructions.md")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
