package dev.fettle.core.context;

import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Workspace;
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
public record Instructions(String platform, LocalDate today, Optional<String> personal) {
    private static final int MOST_BYTES = 32 * 1024;
    private static final String BASE = resource("instructions.md");

    /// A part of the text.
    ///
    /// @param name for people
    public record Section(String name, String text) {}

    /// The same without the user's own, where it must not matter whose machine it is.
    public Instructions impersonal() {
        return new Instructions(platform, today, Optional.empty());
    }

    public String textFor(Workspace workspace) {
        return sections(workspace).stream().map(Section::text).collect(Collectors.joining());
    }

    /// What the text is made of.
    public List<Section> sections(Workspace workspace) {
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("system text", """
                %s
                Environment
                - Workspace: %s (%s)
                - Platform: %s
                - Date: %s
                """.formatted(
                        BASE,
                        workspace.name(),
                        isGitRepository(workspace) ? "a git repository" : "not a git repository",
                        platform,
                        today)));
        personal.ifPresent(
                own -> sections.add(section("your standing instructions", "The user's standing instructions", own)));
        AgentsFile.in(workspace, FilePath.ROOT, MOST_BYTES)
                .ifPresent(own -> sections.add(
                        section(AgentsFile.NAME, "The project's instructions (" + AgentsFile.NAME + ")", own)));
        return List.copyOf(sections);
    }

    private static Section section(String name, String title, String content) {
        return new Section(name, "\n%s\n%s\n".formatted(title, content.strip()));
    }

    static boolean isGitRepository(Workspace workspace) {
        return workspace.info(new FilePath(".git")).isPresent();
    }

    /// A text that comes with Fettle.
    static String resource(String name) {
        try (InputStream in = Instructions.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
