package dev.fettle.tools.worktree;

import dev.fettle.core.workspace.Shell;
import dev.fettle.core.workspace.WorkspaceException;
import dev.fettle.core.workspace.WorkspaceException.Kind;
import dev.fettle.core.workspace.worktree.Merge;
import dev.fettle.core.workspace.worktree.Worktree;
import dev.fettle.core.workspace.worktree.Worktrees;
import dev.fettle.tools.git.GitIdentity;
import dev.fettle.tools.kept.Removal;
import dev.fettle.tools.text.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Worktrees that are repositories of their own below Fettle's home, not `git worktree`s: what those know of
/// commits is in the user's repository, which is outside of a sandbox around the worktree, and would have to
/// be open to every command in it. So commits are carried as bundles, in when a worktree is made and back
/// when it is merged, and git runs in the sandbox of the one tree or of the other.
///
/// Each repository has a directory named by a hash of its path, and in it one for each worktree.
public final class LocalWorktrees implements Worktrees {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final String BASE = "refs/fettle/base";
    private static final int HASH = 12;

    private final Path repository;
    private final Path relative;
    private final Path home;
    private final Shells shells;
    private final Identity identity;

    /// Makes shells.
    @FunctionalInterface
    public interface Shells {
        /// A confined shell in a directory, which it may change.
        Shell in(Path directory);
    }

    /// Knows who the user is.
    @FunctionalInterface
    public interface Identity {
        GitIdentity find() throws InterruptedException;
    }

    /// The worktrees of the repository that a directory is in.
    ///
    /// @param home where the worktrees of all repositories are
    /// @param identity asked when there is something to commit
    /// @throws WorkspaceException if the directory is in no repository
    public LocalWorktrees(Path directory, Path home, Shells shells, Identity identity) {
        Path real = real(directory);
        this.repository = root(real);
        this.relative = repository.relativize(real);
        this.home = home.resolve(Sha256.of(repository.toString().getBytes(StandardCharsets.UTF_8))
                .substring(0, HASH));
        this.shells = shells;
        this.identity = identity;
    }

    private static Path real(Path directory) {
        try {
            return directory.toRealPath();
        } catch (IOException e) {
            throw new WorkspaceException(Kind.NOT_FOUND, "There is no directory %s.".formatted(directory), e);
        }
    }

    private static Path root(Path directory) {
        for (Path each = directory; each != null; each = each.getParent()) {
            Path git = each.resolve(".git");
            if (Files.isDirectory(git, LinkOption.NOFOLLOW_LINKS)) {
                return each;
            }
            if (Files.exists(git, LinkOption.NOFOLLOW_LINKS)) {
                throw new WorkspaceException(
                        Kind.UNSUPPORTED,
                        "%s is a worktree or submodule of another repository; do this in that one.".formatted(each));
            }
        }
        throw new WorkspaceException(
                Kind.NOT_FOUND, "%s is in no git repository; make one with git init.".formatted(directory));
    }

    private ConfinedGit git(Path tree) {
        return new ConfinedGit(shells.in(tree));
    }

    @Override
    public Opened open(Optional<String> name) throws InterruptedException {
        String wanted = name.orElseGet(this::freeName);
        if (!NAME.matcher(wanted).matches()) {
            throw new WorkspaceException(
                    Kind.UNSUPPORTED,
                    "`%s` is no name for a worktree; give one of lower-case letters, digits and hyphens, as --worktree=fix-cart."
                            .formatted(wanted));
        }
        Path path = home.resolve(wanted);
        boolean isNew = !Files.isDirectory(path);
        if (isNew) {
            make(wanted, path);
        }
        boolean isDirty = !git(repository).run("status", "--porcelain").isEmpty();
        return new Opened(standing(path), isNew, isDirty);
    }

    private String freeName() {
        for (int i = 1; ; i++) {
            String name = "work-" + i;
            if (!Files.exists(home.resolve(name))) {
                return name;
            }
        }
    }

    private void make(String name, Path path) throws InterruptedException {
        ConfinedGit users = git(repository);
        if (!users.ask("rev-parse", "--quiet", "--verify", "HEAD^{commit}").isGood()) {
            throw new WorkspaceException(
                    Kind.NOT_FOUND, "%s has no commit yet that a worktree could begin with.".formatted(repository));
        }
        String format = users.run("rev-parse", "--show-object-format");
        try {
            Files.createDirectories(path);
            ConfinedGit own = git(path);
            own.run("init", "--quiet", "--template=", "--object-format=" + format, "--initial-branch=fettle/" + name);
            if (Files.exists(repository.resolve(".git/shallow"))) {
                Files.copy(repository.resolve(".git/shallow"), path.resolve(".git/shallow"));
            }
            carry(users, repository, own, path, List.of("HEAD"), "HEAD");
            own.run("reset", "--quiet", "--hard", "FETCH_HEAD");
            own.run("update-ref", BASE, "HEAD");
        } catch (IOException e) {
            remove(path);
            throw new WorkspaceException(Kind.IO, "Cannot make the worktree %s: %s.".formatted(path, e), e);
        } catch (WorkspaceException | InterruptedException e) {
            remove(path);
            throw e;
        }
    }

    /// Brings commits from one repository into another, whose commands cannot see the first.
    ///
    /// @param what which commits, as for git-bundle(1)
    /// @param into what is fetched, as for git-fetch(1)
    private static void carry(
            ConfinedGit from, Path source, ConfinedGit to, Path target, List<String> what, String into)
            throws InterruptedException, IOException {
        String file = ".git/fettle-carried.bundle";
        List<String> words = new ArrayList<>(List.of("bundle", "create", "--quiet", file));
        words.addAll(what);
        try {
            from.run(words.toArray(String[]::new));
            Files.copy(source.resolve(file), target.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            to.run("fetch", "--quiet", "--no-tags", file, into);
        } finally {
            Files.deleteIfExists(source.resolve(file));
            Files.deleteIfExists(target.resolve(file));
        }
    }

    @Override
    public List<Worktree> list() throws InterruptedException {
        List<Worktree> all = new ArrayList<>();
        for (Path each : directories()) {
            all.add(standing(each));
        }
        return all;
    }

    private List<Path> directories() {
        if (!Files.isDirectory(home)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(home)) {
            return found.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new WorkspaceException(Kind.IO, "Cannot look into %s: %s.".formatted(home, e), e);
        }
    }

    private Worktree standing(Path path) throws InterruptedException {
        ConfinedGit own = git(path);
        return new Worktree(
                path.getFileName().toString(),
                path,
                path.resolve(relative),
                Integer.parseInt(own.run("rev-list", "--count", BASE + "..HEAD")),
                !own.run("status", "--porcelain").isEmpty());
    }

    @Override
    public Merge merge(Worktree worktree, String title) throws InterruptedException {
        ConfinedGit own = git(worktree.path());
        if (worktree.isDirty()) {
            own.run("add", "--all");
            commit(own, title);
        }
        int commits = standing(worktree.path()).commits();
        if (commits == 0) {
            discard(worktree);
            return new Merge.Nothing();
        }
        Optional<Merge.Refused> refused = carriedAndMerged(own, worktree, title);
        if (refused.isPresent()) {
            return refused.get();
        }
        List<String> files =
                git(repository).ask("diff", "--name-only", "ORIG_HEAD", "HEAD").lines();
        discard(worktree);
        return new Merge.Done(commits, files);
    }

    /// As the user's repository says, or else as the user does.
    private GitIdentity author() throws InterruptedException {
        ConfinedGit users = git(repository);
        ConfinedGit.Answer name = users.ask("config", "user.name");
        ConfinedGit.Answer email = users.ask("config", "user.email");
        return name.isGood() && email.isGood()
                ? new GitIdentity(name.output().strip(), email.output().strip())
                : identity.find();
    }

    private void commit(ConfinedGit own, String title) throws InterruptedException {
        ConfinedGit.Answer answer = own.askAs(author(), "commit", "--quiet", "--message=" + title);
        if (!answer.isGood()) {
            throw ConfinedGit.failed("commit", answer);
        }
    }

    private Optional<Merge.Refused> carriedAndMerged(ConfinedGit own, Worktree worktree, String title)
            throws InterruptedException {
        ConfinedGit users = git(repository);
        String branch = "refs/heads/" + worktree.branch();
        own.run("update-ref", branch, "HEAD");
        try {
            carry(
                    own,
                    worktree.path(),
                    users,
                    repository,
                    List.of(branch, "^" + BASE),
                    "+%s:%s".formatted(branch, branch));
        } catch (IOException e) {
            throw new WorkspaceException(Kind.IO, "Cannot copy the commits into %s: %s.".formatted(repository, e), e);
        }
        try {
            return merged(users, worktree, title);
        } finally {
            users.ask("branch", "--quiet", "-D", worktree.branch());
        }
    }

    /// Whether it would work is tried without touching the tree.
    private Optional<Merge.Refused> merged(ConfinedGit users, Worktree worktree, String title)
            throws InterruptedException {
        ConfinedGit.Answer tried =
                users.ask("merge-tree", "--write-tree", "--name-only", "--no-messages", "HEAD", worktree.branch());
        if (tried.code() == 1) {
            return Optional.of(new Merge.Refused(
                    "Both have changed the same lines",
                    tried.lines().stream()
                            .skip(1)
                            .filter(line -> !line.isBlank())
                            .toList()));
        }
        if (!tried.isGood()) {
            throw ConfinedGit.failed("merge-tree", tried);
        }
        ConfinedGit.Answer answer = users.askAs(
                author(),
                "merge",
                "--quiet",
                "--no-edit",
                "--message=Merge %s: %s".formatted(worktree.branch(), title),
                worktree.branch());
        if (answer.isGood()) {
            return Optional.empty();
        }
        List<String> touched = answer.output()
                .lines()
                .filter(line -> line.startsWith("\t"))
                .map(String::strip)
                .toList();
        if (touched.isEmpty()) {
            users.ask("merge", "--abort");
            throw ConfinedGit.failed("merge", answer);
        }
        return Optional.of(new Merge.Refused("Your tree has changes that are not committed", touched));
    }

    @Override
    public void discard(Worktree worktree) {
        remove(worktree.path());
    }

    private static void remove(Path tree) {
        try {
            Removal.of(tree);
        } catch (IOException e) {
            throw new WorkspaceException(Kind.IO, "Cannot remove %s: %s.".formatted(tree, e), e);
        }
    }
}
