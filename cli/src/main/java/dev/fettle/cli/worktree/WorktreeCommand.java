package dev.fettle.cli.worktree;

import dev.fettle.cli.host.CommandException;
import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.host.SettingFlags;
import dev.fettle.cli.render.Console;
import dev.fettle.cli.text.Printable;
import dev.fettle.core.session.Session;
import dev.fettle.core.session.SessionFilter;
import dev.fettle.core.workspace.worktree.Merge;
import dev.fettle.core.workspace.worktree.Worktree;
import dev.fettle.core.workspace.worktree.Worktrees;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "worktree",
        header = "List, merge or discard the trees that sessions have of their own.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fettle run --worktree=fix-cart \"mend the cart\"     work beside your tree",
            "  fettle run --worktree=fix-cart --continue \"and test it\"",
            "  fettle worktree list",
            "  fettle worktree merge fix-cart                    into the branch you are on",
            "  fettle worktree discard fix-cart --yes"
        })
public final class WorktreeCommand {
    private final Host host;
    private final Console console;

    public WorktreeCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    @Command(name = "list", header = "List the worktrees of this repository.")
    int list(@Mixin SettingFlags settings, @Option(names = "--json", description = "Print JSON.") boolean json) {
        Worktrees worktrees = host.worktrees(settings.flags());
        List<Worktree> all = Uninterrupted.get(worktrees::list);
        if (json) {
            ArrayNode array = JsonMapper.shared().createArrayNode();
            all.forEach(each -> array.addObject()
                    .put("name", each.name())
                    .put("branch", each.branch())
                    .put("path", each.path().toString())
                    .put("commits", each.commits())
                    .put("dirty", each.isDirty()));
            console.out().println(array.toPrettyString());
        } else {
            all.forEach(each -> console.out()
                    .println("%-20s  %3d commit(s)%s  %s"
                            .formatted(each.name(), each.commits(), each.isDirty() ? " and more" : "", each.path())));
        }
        return ExitCode.COMPLETED;
    }

    @Command(
            name = "merge",
            header = "Merge a worktree into the branch you are on, and remove it.",
            description = {
                "",
                "What is not committed there is committed first, with the session's title. Where that would conflict, or touch "
                        + "a file that you have changed and not committed, the files are listed and nothing is merged.",
                ""
            })
    int merge(
            @Mixin SettingFlags settings,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        Worktrees worktrees = host.worktrees(settings.flags());
        Worktree worktree = named(worktrees, name);
        Merge merge = Uninterrupted.get(() -> worktrees.merge(worktree, title(worktree)));
        if (json) {
            console.out().println(json(merge).toPrettyString());
        } else {
            print(merge, worktree);
        }
        return merge instanceof Merge.Refused ? ExitCode.FAILED : ExitCode.COMPLETED;
    }

    private void print(Merge merge, Worktree worktree) {
        switch (merge) {
            case Merge.Done done -> {
                console.out()
                        .println("Merged %d commit(s) of %s; the worktree is removed."
                                .formatted(done.commits(), worktree.branch()));
                done.files().forEach(each -> console.out().println("  " + Printable.of(each)));
            }
            case Merge.Nothing _ -> console.out().println("There was nothing to merge; the worktree is removed.");
            case Merge.Refused refused -> {
                console.err().println(console.style().red("Not merged. ") + refused.why() + ":");
                refused.paths().forEach(each -> console.err().println("  " + Printable.of(each)));
                console.err()
                        .println("Everything is as it was; the work is in %s, committed on %s."
                                .formatted(worktree.path(), worktree.branch()));
            }
        }
    }

    private static ObjectNode json(Merge merge) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        switch (merge) {
            case Merge.Done done -> {
                node.put("status", "done").put("commits", done.commits());
                done.files().forEach(node.putArray("files")::add);
            }
            case Merge.Nothing _ -> node.put("status", "nothing");
            case Merge.Refused refused -> {
                node.put("status", "refused").put("message", refused.why());
                refused.paths().forEach(node.putArray("files")::add);
            }
        }
        return node;
    }

    @Command(name = "discard", header = "Remove a worktree with all that is in it.")
    int discard(
            @Mixin SettingFlags settings,
            @Parameters(paramLabel = "NAME") String name,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask.")
                    boolean yes) {
        Worktrees worktrees = host.worktrees(settings.flags());
        Worktree worktree = named(worktrees, name);
        if (worktree.hasWork() && !yes && !confirms(worktree)) {
            throw CommandException.usage(
                    "Not discarded: it has %d commit(s)%s. Answer y, or give --yes; to keep them: fettle worktree merge %s."
                            .formatted(
                                    worktree.commits(),
                                    worktree.isDirty() ? " and changes that are not committed" : "",
                                    name));
        }
        worktrees.discard(worktree);
        console.err().println("Discarded " + worktree.branch());
        return ExitCode.COMPLETED;
    }

    private static Worktree named(Worktrees worktrees, String name) {
        List<Worktree> all = Uninterrupted.get(worktrees::list);
        return all.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> CommandException.usage("There is no worktree `%s` here; `fettle worktree list` shows %d."
                                .formatted(name, all.size())));
    }

    /// What the last session there was about.
    private String title(Worktree worktree) {
        return host
                .sessions()
                .list(SessionFilter.ALL.in(worktree.directory().toString()).most(1))
                .stream()
                .findFirst()
                .map(Session::title)
                .orElse(worktree.name());
    }

    private boolean confirms(Worktree worktree) {
        if (!console.isInTerminal()) {
            return false;
        }
        console.err().print("Discard %s with %d commit(s)? [y/N] ".formatted(worktree.branch(), worktree.commits()));
        console.err().flush();
        try {
            int answer = console.in().read();
            return answer == 'y' || answer == 'Y';
        } catch (IOException e) {
            return false;
        }
    }
}
