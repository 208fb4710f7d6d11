package dev.fettle.core.secret;

import dev.fettle.core.workspace.FileInfo;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.core.workspace.WorkspaceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Looks for secrets in all files below a directory, those that git ignores included: only git's own objects,
/// binary files and what is past the limits is left out.
public final class SecretScan {
    private static final int MOST_FILES = 50_000;
    private static final int LARGEST_FILE = 2 * 1024 * 1024;
    private static final int MOST_FINDINGS = 1000;

    private final SecretFinder finder = new SecretFinder(Map.of());
    private final Workspace workspace;
    private final List<Located> findings = new ArrayList<>();
    private final List<FilePath> skipped = new ArrayList<>();
    private int files;

    private SecretScan(Workspace workspace) {
        this.workspace = workspace;
    }

    /// Where a secret is.
    ///
    /// @param line from 1
    /// @param masked its first characters at most
    public record Located(FilePath file, int line, String kind, String masked) {}

    /// What was found.
    ///
    /// @param skipped files that are too large or cannot be read
    /// @param isComplete whether no limit ended the search
    public record Report(List<Located> findings, int files, List<FilePath> skipped, boolean isComplete) {
        public Report {
            findings = List.copyOf(findings);
            skipped = List.copyOf(skipped);
        }
    }

    /// Scans a file, or everything below a directory.
    ///
    /// @throws WorkspaceException if nothing is there
    public static Report of(Workspace workspace, FilePath path) throws InterruptedException {
        FileInfo start = workspace
                .info(path)
                .orElseThrow(() -> new WorkspaceException(
                        WorkspaceException.Kind.NOT_FOUND,
                        "There is no file or directory `%s` to scan".formatted(path)));
        SecretScan scan = new SecretScan(workspace);
        boolean isComplete = scan.look(start);
        return new Report(scan.findings, scan.files, scan.skipped, isComplete);
    }

    private boolean look(FileInfo place) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (place.isDirectory()) {
            return place.path().value().endsWith(".git/objects") || children(place.path());
        }
        if (!place.isFile()) {
            return true;
        }
        if (files >= MOST_FILES || findings.size() >= MOST_FINDINGS) {
            return false;
        }
        files++;
        scan(place);
        return true;
    }

    private boolean children(FilePath directory) throws InterruptedException {
        try {
            for (FileInfo child : workspace.list(directory)) {
                if (!look(child)) {
                    return false;
                }
            }
        } catch (WorkspaceException e) {
            skipped.add(directory);
        }
        return true;
    }

    private void scan(FileInfo file) {
        if (file.size() > LARGEST_FILE) {
            skipped.add(file.path());
            return;
        }
        try (InputStream in = workspace.open(file.path())) {
            String text = new String(in.readNBytes(LARGEST_FILE), StandardCharsets.UTF_8);
            if (text.indexOf('\0') < 0) {
                report(file.path(), text);
            }
        } catch (IOException | WorkspaceException e) {
            skipped.add(file.path());
        }
    }

    private void report(FilePath file, String text) {
        int line = 1;
        int done = 0;
        for (Finding each : finder.find(text, SecretFinder.namesEnvFile("/" + file.value()))) {
            for (; done < each.start(); done++) {
                line += text.charAt(done) == '\n' ? 1 : 0;
            }
            findings.add(new Located(file, line, each.kind(), each.masked()));
        }
    }
}
