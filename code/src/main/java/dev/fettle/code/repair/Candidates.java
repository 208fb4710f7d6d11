package dev.fettle.code.repair;

import dev.fettle.code.debug.Findings;
import dev.fettle.code.fault.Localisation;
import dev.fettle.code.fault.Suspect;
import dev.fettle.code.project.SourceFiles;
import dev.fettle.code.repair.operator.Mutant;
import dev.fettle.code.repair.operator.Mutants;
import dev.fettle.code.repair.syntax.Dialect;
import dev.fettle.code.repair.syntax.Source;
import dev.fettle.code.report.Frame;
import dev.fettle.core.workspace.FileInfo;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.core.workspace.WorkspaceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;

/// What might be meant by the suspicious files, the most promising first: an edit counts by how suspicious its line is
/// and by how often its kind is a fix. Tests are never changed.
final class Candidates {
    private static final int MOST_FILES = 5;
    private static final int MOST = 6_000;
    private static final double NOT_NAMED = 0.25;
    private static final double CALLED = 0.5;

    private final Findings findings;
    private final Workspace workspace;

    private Candidates(Findings findings, Workspace workspace) {
        this.findings = findings;
        this.workspace = workspace;
    }

    /// @param sources the files that they are edits of
    record Ranked(List<Source> sources, List<Mutant> mutants) {
        byte[] before(String path) {
            return sources.stream()
                    .filter(each -> each.path().equals(path))
                    .findFirst()
                    .orElseThrow()
                    .bytes();
        }
    }

    static Ranked of(Findings findings, Workspace workspace) throws InterruptedException {
        return new Candidates(findings, workspace).ranked(SourceFiles.of(workspace));
    }

    private Ranked ranked(SourceFiles files) throws InterruptedException {
        List<Source> sources = new ArrayList<>();
        for (String path : paths(files)) {
            Optional<byte[]> bytes = bytes(path);
            if (bytes.isPresent()) {
                Source.of(path, bytes.get()).ifPresent(sources::add);
            }
        }
        Map<String, BitSet> called = called(sources);
        record Weighed(Mutant mutant, double weight) {}
        List<Mutant> mutants = sources.stream()
                .flatMap(source -> Mutants.of(source).stream())
                .map(mutant -> new Weighed(mutant, mutant.chance() * suspicion(mutant, called)))
                .sorted(Comparator.comparingDouble(Weighed::weight).reversed())
                .limit(MOST)
                .map(Weighed::mutant)
                .toList();
        return new Ranked(sources, mutants);
    }

    /// Those that are suspected; if none is, those that failing tests speak of.
    private List<String> paths(SourceFiles files) {
        SequencedSet<String> paths = new LinkedHashSet<>();
        findings.suspects().stream()
                .map(Suspect::path)
                .filter(Candidates::isProgram)
                .forEach(paths::add);
        if (paths.isEmpty()) {
            findings.failures().stream()
                    .flatMap(failed -> failed.frames().stream())
                    .map(Frame::path)
                    .flatMap(Optional::stream)
                    .distinct()
                    .limit(MOST_FILES)
                    .forEach(test -> paths.addAll(spokenOf(test, files)));
        }
        return paths.stream().limit(MOST_FILES).toList();
    }

    private List<String> spokenOf(String test, SourceFiles files) {
        String extension = test.substring(test.lastIndexOf('.') + 1);
        String text = bytes(test)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("");
        return text.lines()
                .flatMap(line -> Arrays.stream(line.split("\\W+")))
                .filter(word -> !word.isEmpty())
                .distinct()
                .flatMap(word -> files.find(word + "." + extension, "").stream())
                .filter(Candidates::isProgram)
                .toList();
    }

    private static boolean isProgram(String path) {
        return !Localisation.isTest(path) && Dialect.of(path).isPresent();
    }

    private Optional<byte[]> bytes(String path) {
        try {
            FilePath file = workspace.locate(path);
            if (workspace.info(file).filter(FileInfo::isFile).isEmpty()) {
                return Optional.empty();
            }
            try (InputStream in = workspace.open(file)) {
                return Optional.of(in.readAllBytes());
            }
        } catch (WorkspaceException | IOException e) {
            return Optional.empty();
        }
    }

    /// The lines of functions that the failing lines of tests name: where no coverage is known, they tell what was run.
    private Map<String, BitSet> called(List<Source> sources) {
        Set<String> words = new HashSet<>();
        for (Frame frame : findings.failures().stream()
                .flatMap(failed -> failed.frames().stream())
                .filter(Frame::isOurs)
                .toList()) {
            frame.path()
                    .flatMap(this::bytes)
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .ifPresent(text -> text.lines()
                            .skip(Math.max(0, frame.line() - 1))
                            .limit(1)
                            .forEach(line -> words.addAll(Arrays.asList(line.split("\\W+")))));
        }
        return sources.stream().collect(Collectors.toMap(Source::path, source -> source.linesOf(words)));
    }

    /// Lines near a suspicious one are suspicious, too: what is missing was never run.
    private double suspicion(Mutant mutant, Map<String, BitSet> called) {
        String path = mutant.path();
        int line = mutant.line();
        double most = called.getOrDefault(path, new BitSet()).get(line) ? CALLED : NOT_NAMED;
        double highest = findings.suspects().stream()
                .filter(each -> isProgram(each.path()))
                .mapToDouble(Suspect::score)
                .max()
                .orElse(1);
        for (Suspect each : findings.suspects()) {
            if (each.path().equals(path)) {
                int distance = Math.abs(each.line() - line);
                double near = distance == 0 ? 1 : distance == 1 ? 0.7 : distance <= 5 ? 0.5 : NOT_NAMED;
                most = Math.max(most, near * (0.4 + 0.6 * each.score() / highest));
            }
        }
        return most;
    }
}
