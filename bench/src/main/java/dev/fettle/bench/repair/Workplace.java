package dev.fettle.bench.repair;

import dev.fettle.bench.repair.Attempt.Fate;
import dev.fettle.code.debug.Complaint;
import dev.fettle.code.debug.Findings;
import dev.fettle.code.debug.Investigation;
import dev.fettle.code.repair.Patch;
import dev.fettle.code.repair.Repair;
import dev.fettle.code.repair.Searched;
import dev.fettle.code.runner.TestBench;
import dev.fettle.code.runner.tool.KnownRunners;
import dev.fettle.tools.process.ProcessShell;
import dev.fettle.tools.workspace.LocalWorkspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A directory in which one fault is gone after. Its programs are our own, so they run in a plain shell.
final class Workplace {
    private static final Duration COMMAND = Duration.ofMinutes(1);

    private final Path root;
    private final TestBench bench;

    Workplace(Path directory) throws IOException {
        this.root = Files.createDirectory(directory.toRealPath().resolve("project"));
        Map<String, String> environment = new HashMap<>(ProcessShell.allowedEnvironment(System.getenv()));
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        ProcessShell shell = new ProcessShell(root, environment, directory.resolve("output"));
        this.bench = new TestBench(new LocalWorkspace(root, shell), shell, _ -> {});
    }

    Attempt attempt(SeededFault fault, Duration time) throws IOException, InterruptedException {
        put(fault.language().project(fault.name(), fault.wrong(), fault.tests()));
        Findings findings = findings();
        if (findings.verdict() != Findings.Verdict.REPRODUCED) {
            return new Attempt(fault, Fate.NOT_FOUND, Duration.ZERO, "the fault was not seen: " + findings.verdict());
        }
        Searched searched = new Repair(bench).search(findings, time);
        Duration spent = searched.effort().time();
        Optional<Patch> patch = searched.patch();
        if (patch.isEmpty()) {
            return new Attempt(fault, Fate.NOT_FOUND, spent, searched.text().replace('\n', ' '));
        }
        patch.get().applyTo(bench.workspace());
        String change = "%d tried: %s".formatted(searched.effort().tried(), change(patch.get()));
        return new Attempt(fault, isRight(fault, patch.get()) ? Fate.REPAIRED : Fate.WRONG, spent, change);
    }

    private static String change(Patch patch) {
        return patch.diff()
                .lines()
                .skip(2)
                .filter(line -> line.startsWith("+") || line.startsWith("-"))
                .map(String::strip)
                .reduce("", (a, b) -> a + " " + b.replaceAll("\\s+", " "));
    }

    private boolean isRight(SeededFault fault, Patch patch) throws IOException, InterruptedException {
        Language language = fault.language();
        Map<String, String> right = language.project(fault.name(), fault.right(), fault.held());
        String path = language.path(fault.name());
        if (plain(right.getOrDefault(path, "")).equals(plain(patch.after()))) {
            return true;
        }
        Map<String, String> held = new HashMap<>(right);
        held.put(path, patch.after());
        put(held);
        return findings().verdict() == Findings.Verdict.NOTHING_FAILS;
    }

    /// Without blanks: how a statement is laid out makes no difference.
    private static String plain(String program) {
        return program.replaceAll("\\s+", "");
    }

    private Findings findings() throws InterruptedException {
        return new Investigation(bench, List.copyOf(KnownRunners.ALL), COMMAND).of(new Complaint.Tests("."));
    }

    private void put(Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> each : files.entrySet()) {
            Path file = root.resolve(each.getKey());
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, each.getValue());
        }
    }
}
