package dev.fettle.tools.git;

import dev.fettle.core.text.ShellWord;
import dev.fettle.core.workspace.Confinement;
import dev.fettle.core.workspace.Shell;
import dev.fettle.core.workspace.WorkspaceException;
import dev.fettle.core.workspace.kept.GitSource;
import dev.fettle.core.workspace.kept.KeptWorkspaceException;
import dev.fettle.core.workspace.kept.KeptWorkspaceException.Kind;
import dev.fettle.core.workspace.kept.Quota;
import dev.fettle.tools.quota.BoundedShell;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Clones repositories with the `git` program, confined like a command of an agent. It reads no settings but
/// those given here, so nothing of the machine's or of a repository's makes it run another program: no hooks,
/// filters (which is how LFS fetches), submodules, helpers or prompts.
public final class GitFetch {
    private static final Pattern VERSION = Pattern.compile("git version ([0-9]+)\\.([0-9]+)");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final int LONGEST_REASON = 300;
    private static final String TREE = "tree";

    private static final Map<String, String> ENVIRONMENT = Map.ofEntries(
            Map.entry("GIT_CONFIG_NOSYSTEM", "1"),
            Map.entry("GIT_CONFIG_GLOBAL", "/dev/null"),
            Map.entry("GIT_TERMINAL_PROMPT", "0"),
            Map.entry("GIT_ASKPASS", "false"),
            Map.entry("SSH_ASKPASS", "false"),
            Map.entry("GIT_LFS_SKIP_SMUDGE", "1"),
            Map.entry(
                    "GIT_SSH_COMMAND",
                    "ssh -F /dev/null -o BatchMode=yes -o StrictHostKeyChecking=yes -o ConnectTimeout=20"
                            + " -o ForwardAgent=no -o ClearAllForwardings=yes -o PermitLocalCommand=no"),
            Map.entry("LC_ALL", "C.UTF-8"));

    private final GitRules rules;
    private final Shells shells;
    private final Duration time;

    /// Makes shells.
    public interface Shells {
        /// A shell in a directory.
        ///
        /// @param additions what its commands see besides what all do; an empty value takes a variable away
        Shell in(Path directory, Map<String, String> additions, Confinement confinement);
    }

    /// A way to fetch from where the rules allow.
    ///
    /// @param time how long one fetch may take
    public GitFetch(GitRules rules, Shells shells, Duration time) {
        this.rules = rules;
        this.shells = shells;
        this.time = time;
    }

    public Duration time() {
        return time;
    }

    /// Whether and how a source may be fetched.
    public Ready check(GitSource source) {
        return new Ready(source, rules.check(source));
    }

    /// Something that may be fetched.
    public final class Ready {
        private final GitSource source;
        private final GitAddress address;

        private Ready(GitSource source, GitAddress address) {
            this.source = source;
            this.address = address;
        }

        /// Clones into `tree`, a directory that this makes in an empty one. What is there after an exception is to be
        /// thrown away.
        ///
        /// @param directory a real path
        /// @throws KeptWorkspaceException of kind `REFUSED` if it cannot be fetched, with the reason for its
        ///     user; of kind `TOO_LARGE` if it is more than the quota
        /// @throws InterruptedException if the thread is interrupted; nothing runs any more by then
        public Path into(Path directory, Quota quota) throws InterruptedException {
            Shell shell = new BoundedShell(shells.in(directory, environment(), confinement()), directory, quota);
            if (!address.isTrusted()) {
                requirePinning(shell);
            }
            long until = System.nanoTime() + time.toNanos();
            for (List<String> command : commands()) {
                run(shell, command, Duration.ofNanos(Math.max(1, until - System.nanoTime())));
            }
            return directory.resolve(TREE);
        }

        private Map<String, String> environment() {
            Map<String, String> environment = new HashMap<>(ENVIRONMENT);
            environment.put("GIT_ALLOW_PROTOCOL", address.scheme());
            if (!address.isTrusted()) {
                // A proxy would dial whatever it takes the name for.
                for (String proxy : List.of("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY")) {
                    environment.put(proxy, "");
                }
            }
            return environment;
        }

        /// What an operator named may need keys or files of the machine; all else is fetched without seeing any.
        private Confinement confinement() {
            Confinement.Mode mode =
                    address.scheme().equals("https") ? Confinement.Mode.WORKSPACE_WRITE : Confinement.Mode.FULL;
            return new Confinement(mode, new Confinement.Network.On());
        }

        private List<List<String>> commands() {
            List<String> depth = source.depth()
                    .map(each -> List.of("--depth", each.toString()))
                    .orElse(List.of());
            List<String> target = List.of("--", address.url(), TREE);
            List<String> clone = List.of("clone", "--quiet", "--template=", "--no-recurse-submodules");
            Optional<String> ref = source.ref();
            if (ref.isEmpty()) {
                return List.of(git(List.of(clone, depth, target)));
            }
            if (!COMMIT.matcher(ref.get()).matches()) {
                return List.of(git(List.of(clone, depth, List.of("--branch", ref.get()), target)));
            }
            List<String> inTree = List.of("-C", TREE);
            return List.of(
                    git(List.of(clone, depth, List.of("--no-checkout"), target)),
                    git(List.of(inTree, List.of("fetch", "--quiet"), depth, List.of("origin", ref.get()))),
                    git(List.of(inTree, List.of("checkout", "--quiet", "--detach", ref.get()))));
        }

        private List<String> git(List<List<String>> arguments) {
            List<String> words = new ArrayList<>(program());
            arguments.forEach(words::addAll);
            return words;
        }

        private List<String> program() {
            List<String> words = new ArrayList<>(List.of("git"));
            for (String setting : List.of(
                    "protocol.allow=never",
                    "protocol.%s.allow=always".formatted(address.scheme()),
                    "core.hooksPath=/dev/null",
                    "core.fsmonitor=false",
                    "core.askPass=",
                    "credential.helper=",
                    "submodule.recurse=false",
                    "http.followRedirects=false",
                    "http.lowSpeedLimit=100",
                    "http.lowSpeedTime=60",
                    "gc.auto=0",
                    "maintenance.auto=false",
                    "advice.detachedHead=false")) {
                words.addAll(List.of("-c", setting));
            }
            address.pinned()
                    .ifPresent(each -> words.addAll(
                            List.of("-c", "http.curloptResolve=%s:443:%s".formatted(address.host(), literal(each)))));
            return words;
        }

        private void run(Shell shell, List<String> words, Duration left) throws InterruptedException {
            String script = words.stream().map(ShellWord::quoted).collect(Collectors.joining(" "));
            Shell.Result result;
            try {
                result = shell.run(new Shell.Command(script, left), _ -> {});
            } catch (WorkspaceException e) {
                throw new KeptWorkspaceException(Kind.TOO_LARGE, "The repository is too large. " + e.getMessage(), e);
            }
            switch (result.end()) {
                case Shell.End.Exited exited when exited.code() == 0 -> {}
                case Shell.End.Exited _ -> throw refused(reason(result.output()));
                case Shell.End.TimedOut _ ->
                    throw refused("It took longer than the %d minutes that are allowed.".formatted(time.toMinutes()));
                case Shell.End.OutOfMemory _, Shell.End.TooManyProcesses _ ->
                    throw refused("Fetching it takes more memory or processes than are allowed.");
            }
        }

        /// What git said last, without the address.
        private String reason(String output) {
            String line = output.lines()
                    .filter(each -> each.startsWith("fatal: ") || each.startsWith("error: "))
                    .reduce((_, last) -> last)
                    .orElse("git ended without a word.")
                    .replaceFirst("^(fatal|error): ", "")
                    .replace(address.url(), source.url());
            return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "…";
        }
    }

    private static void requirePinning(Shell shell) throws InterruptedException {
        Shell.Result result = shell.run(new Shell.Command("git --version", Duration.ofSeconds(20)), _ -> {});
        Matcher version = VERSION.matcher(result.output());
        boolean isNewEnough = version.find()
                && Integer.parseInt(version.group(1)) * 1000 + Integer.parseInt(version.group(2)) >= 2037;
        if (!isNewEnough) {
            throw refused("This needs git 2.37 or newer on the server, or the host in GIT_HOSTS.");
        }
    }

    private static String literal(InetAddress address) {
        return address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
    }

    private static KeptWorkspaceException refused(String why) {
        return new KeptWorkspaceException(Kind.REFUSED, "The repository cannot be fetched: " + why);
    }
}
