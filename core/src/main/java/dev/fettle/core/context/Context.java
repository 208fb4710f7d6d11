package dev.fettle.core.context;

import dev.fettle.core.memory.Fact;
import dev.fettle.core.session.Conversation;
import dev.fettle.core.session.Event.Informed;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Workspace;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What a model is told that nobody says to it in this session, and how full its window may get.
///
/// The system text is the same for all tasks, so that it stays in providers' caches from session to session; what
/// depends on the task is put in behind the user's words, each thing once a session.
///
/// @param map says what the workspace holds
/// @param memory what users wanted remembered; empty if nobody is to be reminded
/// @param fullAt at how many per cent of the model's window the conversation is compacted; 0 for never
public record Context(Instructions instructions, Overview map, Optional<Recollection> memory, int fullAt) {
    private static final int MOST_BYTES_OF_A_PART = 8 * 1024;
    private static final int MOST_PARTS = 10;

    /// The system text alone.
    public Context(Instructions instructions) {
        this(instructions, Overview.NONE, Optional.empty(), 0);
    }

    /// The same with another map.
    public Context with(Overview other) {
        return new Context(instructions, other, memory, fullAt);
    }

    /// What is put in where a turn begins.
    ///
    /// @param before the conversation so far
    /// @param task what the user says
    public List<Informed> beginning(Workspace workspace, Conversation before, String task) {
        List<Informed> all = new ArrayList<>();
        if (before.instructions().isEmpty() && Instructions.isGitRepository(workspace)) {
            map.of(workspace, task).map(Context::mapped).ifPresent(all::add);
        }
        Set<String> told = told(before, Informed.Part.MEMORY);
        memory.stream()
                .flatMap(each -> each.about(workspace, task).stream())
                .filter(fact -> !told.contains(fact.id()))
                .map(Context::remembered)
                .forEach(all::add);
        return List.copyOf(all);
    }

    /// The instructions for the parts of the tree that some files are in, the wider before the nearer.
    ///
    /// @param files paths of what was read or written
    /// @param before the conversation so far
    public static List<Informed> reached(Workspace workspace, Collection<String> files, Conversation before) {
        Set<String> told = told(before, Informed.Part.INSTRUCTIONS);
        Set<FilePath> directories = new TreeSet<>();
        for (String file : files) {
            for (FilePath each = new FilePath(file).parent(); !each.isRoot(); each = each.parent()) {
                directories.add(each);
            }
        }
        List<Informed> all = new ArrayList<>();
        for (FilePath each : directories) {
            String file = each.resolve(AgentsFile.NAME).value();
            if (!told.contains(file)) {
                int most = told.size() + all.size() < MOST_PARTS ? MOST_BYTES_OF_A_PART : 0;
                AgentsFile.in(workspace, each, most)
                        .map(text -> instructed(each, file, text))
                        .ifPresent(all::add);
            }
        }
        return List.copyOf(all);
    }

    private static Set<String> told(Conversation conversation, Informed.Part part) {
        return conversation.informed().stream()
                .filter(each -> each.part() == part)
                .map(Informed::about)
                .collect(Collectors.toSet());
    }

    private static Informed mapped(String map) {
        return new Informed(
                Informed.Part.MAP,
                "",
                "Put in by Fettle: the repository's most important files for this, and what others use of them.\n"
                        + map.strip());
    }

    private static Informed remembered(Fact fact) {
        return new Informed(
                Informed.Part.MEMORY,
                fact.id(),
                "Put in by Fettle: what the user had remembered on %s for %s. It may be out of date.\n%s"
                        .formatted(
                                LocalDate.ofInstant(fact.updatedAt(), ZoneOffset.UTC),
                                fact.project().isPresent() ? "this project" : "all projects",
                                fact.text().strip()));
    }

    private static Informed instructed(FilePath directory, String file, String text) {
        return new Informed(
                Informed.Part.INSTRUCTIONS,
                file,
                ("Put in by Fettle: the project's instructions for what is below %s (%s). "
                                + "Where they differ from those for a wider part, they count.\n%s")
                        .formatted(directory, file, text.strip()));
    }
}
