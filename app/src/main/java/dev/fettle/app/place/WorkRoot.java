package dev.fettle.app.place;

import dev.fettle.app.config.Configuration;
import dev.fettle.app.config.Settings;
import dev.fettle.core.workspace.kept.Quota;
import dev.fettle.tools.git.GitFetch;
import dev.fettle.tools.git.GitRules;
import dev.fettle.tools.kept.KeptDirectories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// The directory directly below which each run of the service has its own.
///
/// @param path absolute; need not be there
public record WorkRoot(Path path, Configuration configuration) {
    private static final Quota ARCHIVE = new Quota(1_000_000_000, 100_000);

    /// As configured.
    ///
    /// @param home where it is if the settings do not say
    public static WorkRoot of(Configuration configuration, Path home) {
        Path named = configuration.find(Settings.WORK_ROOT).orElse(home.resolve("workspaces"));
        return new WorkRoot(named.toAbsolutePath(), configuration);
    }

    /// Whether a directory is one that a run of the service works in.
    public boolean holds(Path directory) {
        try {
            return Files.isDirectory(path)
                    && path.toRealPath().equals(directory.toAbsolutePath().getParent());
        } catch (IOException e) {
            return false;
        }
    }

    /// What each directory in it may hold.
    public Quota quota() {
        return new Quota(configuration.get(Settings.WORKSPACE_QUOTA), configuration.get(Settings.WORKSPACE_FILES));
    }

    /// The workspaces in it. Makes the directory if it is not there.
    public KeptDirectories open(GitFetch.Shells shells, InstantSource clock) {
        GitRules rules = new GitRules(
                configuration.find(Settings.GIT_HOSTS).orElse(List.of()), configuration.find(Settings.GIT_FILES));
        long all = configuration.find(Settings.WORK_ROOT_QUOTA).orElse(Long.MAX_VALUE);
        return new KeptDirectories(
                path,
                new KeptDirectories.Bounds(quota(), ARCHIVE, all),
                new GitFetch(rules, shells, configuration.get(Settings.GIT_TIMEOUT)),
                clock);
    }
}
