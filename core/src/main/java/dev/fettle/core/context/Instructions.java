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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// The system text of a session: how Fettle works, where it is, and what the user and the project want of it.
/// Written once, into the session's first event; later turns reuse it byte for byte, so that provider caches
/// hit.
///
/// @param platform operating system and shell, as the model should know them
/// @param personal the user's own standing instructions, for all projects
/// @param overview says what the workspace holds
public record Instructions(String platform, LocalDate today, Optional<String> personal, Overview overview) {
    /// The file a project keeps its instructions for agents in (<https://agents.md>).
    private static final String PROJECT_FILE = "AGENTS.md";

    private static final int MOST_BYTES = 32 * 1024;

    /// Instructions that say nothing of what the workspace holds.
    public Instructions(String platform, LocalDate today, Optional<String> personal) {
        this(platform, today, personal, Overview.NONE);
    }

    /// A part of the text.
    ///
    /// @param name for people
    public record Section(String name, String text) {}

    /// The same without the user's own, where it must not matter whose machine it is.
    public Instructions impersonal() {
        return new Instructions(platform, today, Optional.empty(), overview);
    }

    /// The same, saying what the workspace holds.
    public Instructions with(Overview saying) {
        return new Instructions(platform, today, personal, saying);
    }

    /// The text of a session that begins.
    ///
    /// @param task what the user says first
    public String textFor(Workspace workspace, String task) {
        return sections(workspace, task).stream().map(Section::text).collect(Collectors.joining());
    }

    /// What the text is made of. What differs most between sessions comes last, so that providers' caches hit.
    public List<Section> sections(Workspace workspace, String task) {
        boolean isGit = isGitRepository(workspace);
        List<Section> sections = new ArrayList<>();
        sections.add(new Section(
                "system prompt",
                base()
                        + """

                Environment
                - Workspace: %s (%s)
                - Platform: %s
                - Date: %s
                """.formatted(
                                        workspace.name(),
                                        isGit ? "a git repository" : "not a git repository",
                                        platform,
                                        today)));
        personal.ifPresent(
                own -> sections.add(section("your standing instructions", "The user's standing instructions", own)));
        project(workspace)
                .ifPresent(own ->
                        sections.add(section(PROJECT_FILE, "The project's instructions (" + PROJECT_FILE + ")", own)));
        if (isGit) {
            overview.of(workspace, task)
                    .ifPresent(map -> sections.add(section(
                            "map of the repository",
                            "The repository's most important files, and what others use of them",
                            map)));
        }
        return List.copyOf(sections);
    }

    private static Section section(String name, String title, String content) {
        return new Section(name, "\n%s\n%s\n".formatted(title, content.strip()));
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
