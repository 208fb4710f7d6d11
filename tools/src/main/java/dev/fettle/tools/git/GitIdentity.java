package dev.fettle.tools.git;

import dev.fettle.core.workspace.Confinement;
import dev.fettle.core.workspace.Shell;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// Who the user is to git, as their own settings say; no repository is asked.
public record GitIdentity(String name, String email) {
    private static final Duration SOON = Duration.ofSeconds(20);

    /// The user's, or Fettle's where they have none.
    ///
    /// @param directory to run git in
    public static GitIdentity of(GitFetch.Shells shells, Path directory) throws InterruptedException {
        Confinement all = new Confinement(Confinement.Mode.FULL, new Confinement.Network.Off());
        Shell shell = shells.in(directory, Map.of(), all);
        String name = setting(shell, "user.name");
        String email = setting(shell, "user.email");
        return name.isEmpty() || email.isEmpty()
                ? new GitIdentity("Fettle", "fettle@localhost")
                : new GitIdentity(name, email);
    }

    private static String setting(Shell shell, String name) throws InterruptedException {
        Shell.Result result = shell.run(new Shell.Command("git config --global --get " + name, SOON), _ -> {});
        return result.end().equals(new Shell.End.Exited(0)) ? result.output().strip() : "";
    }
}
