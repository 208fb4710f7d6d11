package dev.fettle.app.insight;

import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.code.index.CodeIndex;
import dev.fettle.code.index.IndexDirectory;
import dev.fettle.code.index.IndexException;
import dev.fettle.code.index.Progress;
import dev.fettle.code.source.Language;
import dev.fettle.code.source.SourceReader;
import dev.fettle.code.structure.Churn;
import dev.fettle.code.structure.Structure;
import dev.fettle.code.structure.StructureJson;
import dev.fettle.code.structure.StructureMarkdown;
import dev.fettle.code.structure.StructureText;
import dev.fettle.code.structure.Understanding;
import dev.fettle.core.workflow.CodeFacts;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Shell;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.core.workspace.WorkspaceException;
import dev.fettle.tools.workspace.LocalWorkspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds the facts about code that a person names, wherever it is.
///
/// @param indexes where what was read is kept
/// @param shells the confined shell of a place; throws [CommandException] where there is none
/// @param progress is told how far reading has come
public record Comprehension(IndexDirectory indexes, Function<Host.Flags, Shell> shells, Progress progress)
        implements CodeFacts {
    private static final long MOST_TOKENS = 2_000;

    /// Of code alone, in no place and with no commands.
    public Comprehension(IndexDirectory indexes) {
        this(indexes, _ -> Comprehension::noCommands, Progress.NONE);
    }

    @Override
    public Optional<String> of(String code, Optional<String> language) {
        try {
            return Optional.of(snippet(Host.Flags.NONE, new Host.Subject.Snippet(code, language))
                    .within(MOST_TOKENS));
        } catch (CommandException e) {
            // No language that has a parser here.
            return Optional.empty();
        }
    }

    /// A part of a workspace, or all of it.
    ///
    /// @param root the directory the user works in
    public Host.Understood place(Host.Flags flags, Path root, Path path) {
        Path place = path.toAbsolutePath().normalize();
        if (!Files.exists(place)) {
            throw CommandException.usage("There is no file or directory `%s` to understand.".formatted(path));
        }
        Path base = place.startsWith(root) ? root : Files.isDirectory(place) ? place : place.resolveSibling("");
        Host.Flags there = base.equals(root) ? flags : in(flags, base);
        String note = "";
        Shell shell = Comprehension::noCommands;
        try {
            shell = shells.apply(there);
        } catch (CommandException e) {
            note = "What git knows is left out: " + String.join(" ", e.messages());
        }
        Workspace workspace = new LocalWorkspace(base, shell);
        try {
            FilePath scope = workspace.locate(place.toString());
            List<Churn> churn = Churn.of(workspace);
            return new Facts(structure(indexes, workspace, scope.value(), churn), note, there);
        } catch (WorkspaceException e) {
            throw CommandException.usage(e.getMessage());
        } catch (InterruptedException e) {
            throw cancelled();
        }
    }

    /// A text that is in no file.
    public Host.Understood snippet(Host.Flags flags, Host.Subject.Snippet snippet) {
        try {
            Path directory = Files.createTempDirectory("fettle-code-");
            try {
                byte[] code = snippet.code().getBytes(StandardCharsets.UTF_8);
                Path root = Files.createDirectory(directory.resolve("code"));
                Files.write(root.resolve("code." + language(snippet, code).extension()), code);
                Workspace workspace = new LocalWorkspace(root, Comprehension::noCommands);
                IndexDirectory passing = indexes.at(directory.resolve("index"));
                return new Facts(structure(passing, workspace, "", List.of()), "", flags);
            } finally {
                delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot keep the code for as long as it is read", e);
        } catch (InterruptedException e) {
            throw cancelled();
        }
    }

    private Structure structure(IndexDirectory indexes, Workspace workspace, String scope, List<Churn> churn)
            throws InterruptedException {
        try (CodeIndex index = indexes.open(workspace, progress)) {
            return Understanding.of(index, scope, churn);
        } catch (IndexException e) {
            throw new CommandException(ExitCode.FAILED, List.of(e.getMessage()));
        }
    }

    private static Language language(Host.Subject.Snippet snippet, byte[] code) throws InterruptedException {
        if (snippet.language().isPresent()) {
            String name = snippet.language().get();
            return Language.named(name)
                    .orElseThrow(() -> CommandException.usage("There is no language `%s`; there are %s."
                            .formatted(
                                    name,
                                    Arrays.stream(Language.values())
                                            .map(Language::word)
                                            .collect(Collectors.joining(", ")))));
        }
        try (SourceReader reader = new SourceReader()) {
            return reader.guess(code)
                    .orElseThrow(() -> CommandException.usage(
                            "Which language this is cannot be guessed; say it with --language, as --language java."));
        }
    }

    private static Host.Flags in(Host.Flags flags, Path directory) {
        Map<String, String> settings = new HashMap<>(flags.settings());
        settings.put("WORK_DIR", directory.toString());
        return new Host.Flags(settings, flags.envFile());
    }

    private static Shell.Result noCommands(Shell.Command command, Consumer<String> live) {
        throw new WorkspaceException(WorkspaceException.Kind.UNSUPPORTED, "There is no shell here.");
    }

    private static CommandException cancelled() {
        Thread.currentThread().interrupt();
        return new CommandException(ExitCode.CANCELLED, List.of("Cancelled."));
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    /// What was found.
    ///
    /// @param note empty if there is none
    private record Facts(Structure structure, String note, Host.Flags place) implements Host.Understood {
        @Override
        public String text() {
            return StructureText.of(structure);
        }

        @Override
        public String within(long tokens) {
            return StructureText.within(structure, tokens);
        }

        @Override
        public String json() {
            return StructureJson.of(structure);
        }

        @Override
        public String markdown() {
            return StructureMarkdown.of(structure);
        }

        @Override
        public List<String> notes() {
            return Optional.of(note).filter(each -> !each.isEmpty()).stream().toList();
        }
    }
}
