package dev.fettle.code.repair.trial;

import static dev.fettle.code.runner.TestCommand.word;

import dev.fettle.code.repair.operator.Edit;
import dev.fettle.code.repair.operator.Mutant;
import dev.fettle.code.runner.WorkingCopy;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Shell;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Tries mutants in a shell that should be able to write nothing but its temporary directory. A mutant that ends its
/// worker has failed; the worker is started again with the next. What a worker prints is not believed where it matters:
/// a mutant could print it, too.
public final class Trials {
    /// No script is longer than 128 KiB; a part of that is the worker's own text.
    private static final int LONGEST_PLAN = 80_000;
    private static final int MOST_AT_ONCE = 1_500;
    private static final int MOST_DEATHS = 60;
    private static final int CONTROLS = 3;
    private static final List<String> FAILING = List.of("fail", "hung");

    private final Shell shell;
    private final FilePath directory;
    private final Worker worker;
    private final Duration each;
    private int tried;
    private int hung;
    private int broken;
    private boolean isFaithful;

    /// Trials in one project.
    ///
    /// @param directory the project's
    /// @param each how long one mutant may take
    public Trials(Shell shell, FilePath directory, Worker worker, Duration each) {
        this.shell = shell;
        this.directory = directory;
        this.worker = worker;
        this.each = each;
    }

    /// How many were judged so far.
    public int tried() {
        return tried;
    }

    public int hung() {
        return hung;
    }

    /// Those that could not even be compiled.
    public int broken() {
        return broken;
    }

    /// Whether the worker sees what is wrong: the file as it is, which it is given before the first mutants,
    /// has to fail or to be too slow, each time. What fails by chance would pass by chance.
    public boolean isFaithful() {
        return isFaithful;
    }

    /// The first from here on that passes all tests; empty if none did, or the time is over, or the worker is not
    /// faithful.
    public OptionalInt firstPassing(List<Mutant> mutants, int from, Duration time) throws InterruptedException {
        long until = System.nanoTime() + time.toNanos();
        int next = from;
        int deaths = 0;
        while (next < mutants.size() && deaths <= MOST_DEATHS) {
            Duration left = Duration.ofNanos(until - System.nanoTime());
            if (left.compareTo(Duration.ofMillis(500)) < 0) {
                break;
            }
            int controls = isFaithful ? 0 : worker.isCommand() ? 1 : CONTROLS;
            List<String> plan = new ArrayList<>(
                    Collections.nCopies(controls, mutants.get(next).path() + "\t"));
            mutants.subList(next, Math.min(next + MOST_AT_ONCE, mutants.size())).stream()
                    .map(Trials::line)
                    .forEach(plan::add);
            Ran ran = run(plan, left);
            List<String> known = ran.verdicts.subList(0, Math.min(controls, ran.verdicts.size()));
            if (controls > 0 && (known.isEmpty() || !FAILING.containsAll(known))) {
                break;
            }
            isFaithful = true;
            List<String> verdicts = ran.verdicts.subList(known.size(), ran.verdicts.size());
            tried += verdicts.size();
            hung += Collections.frequency(verdicts, "hung");
            broken += Collections.frequency(verdicts, "broken");
            int passing = verdicts.indexOf("pass");
            if (passing >= 0) {
                return OptionalInt.of(next + passing);
            }
            boolean isWhole = ran.verdicts.size() >= ran.planned;
            boolean isStuck = !isWhole && ran.hasEnded && !ran.endsHung();
            deaths += isStuck ? 1 : 0;
            next += verdicts.size() + (isStuck ? 1 : 0);
            if (!ran.hasEnded) {
                break;
            }
        }
        return OptionalInt.empty();
    }

    private static String line(Mutant mutant) {
        return mutant.path() + "\t"
                + mutant.edits().stream()
                        .sorted((one, other) -> Integer.compare(one.start(), other.start()))
                        .map(edit -> "%d,%d,%s".formatted(edit.start(), edit.end(), packed(edit)))
                        .collect(Collectors.joining(";"));
    }

    private static String packed(Edit edit) {
        return Base64.getEncoder().encodeToString(edit.replacement().getBytes(StandardCharsets.UTF_8));
    }

    /// @param planned how many the worker was given
    /// @param hasEnded whether it ended by itself
    private record Ran(List<String> verdicts, int planned, boolean hasEnded) {
        boolean endsHung() {
            return !verdicts.isEmpty() && verdicts.getLast().equals("hung");
        }
    }

    private Ran run(List<String> lines, Duration time) throws InterruptedException {
        List<String> plan = lines;
        String packed = WorkingCopy.packed(numbered(plan));
        while (packed.length() > LONGEST_PLAN && plan.size() > 1) {
            plan = plan.subList(0, plan.size() / 2);
            packed = WorkingCopy.packed(numbered(plan));
        }
        String mark = "fettle-" + UUID.randomUUID();
        Verdicts verdicts = new Verdicts(mark);
        Shell.Result result = shell.run(new Shell.Command(script(mark, packed), time), verdicts);
        return new Ran(List.copyOf(verdicts.all), plan.size(), result.end() instanceof Shell.End.Exited);
    }

    private static String numbered(List<String> plan) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < plan.size(); i++) {
            text.append(i).append('\t').append(plan.get(i)).append('\n');
        }
        return text.toString();
    }

    private String script(String mark, String plan) {
        String program = worker.program();
        return WorkingCopy.SCRIPT
                + """
                trap 'rm -rf -- "$FETTLE_HOME"' EXIT
                export FETTLE_HOME; FETTLE_HOME=$(mktemp -d "${TMPDIR:-/tmp}/fettle-repair.XXXXXX") || exit 125
                export FETTLE_ORIGIN=$PWD FETTLE_TREE=$FETTLE_HOME/tree FETTLE_PLAN=$FETTLE_HOME/plan
                export FETTLE_PLACE=$FETTLE_TREE/%s FETTLE_MARK=%s FETTLE_LIMIT=%d FETTLE_STAGES=%s
                copy_tree "$PWD" "$FETTLE_TREE" || exit 125
                base64 -d <<'FETTLE_END' | gzip -d > "$FETTLE_PLAN" || exit 125
                %s
                FETTLE_END
                base64 -d <<'FETTLE_END' | gzip -d > "$FETTLE_HOME/%s" || exit 125
                %s
                FETTLE_END
                cd -- "$FETTLE_PLACE" || exit 125
                %s
                """.formatted(
                                word(directory.toString()),
                                mark,
                                each.toMillis(),
                                word(worker.stages()),
                                plan,
                                program,
                                WorkingCopy.packed(worker.text()),
                                worker.start());
    }

    /// Takes down the verdicts among whatever else is printed.
    private static final class Verdicts implements Consumer<String> {
        private static final int LONGEST_LINE = 400;

        private final String mark;
        private final StringBuilder line = new StringBuilder();
        private final List<String> all = new ArrayList<>();

        Verdicts(String mark) {
            this.mark = mark;
        }

        @Override
        public void accept(String piece) {
            for (int i = 0; i < piece.length(); i++) {
                char c = piece.charAt(i);
                if (c == '\n') {
                    take(line.toString());
                    line.setLength(0);
                } else if (line.length() < LONGEST_LINE) {
                    line.append(c);
                }
            }
        }

        private void take(String text) {
            if (text.startsWith(mark + " " + all.size() + " ")) {
                all.add(text.substring(text.lastIndexOf(' ') + 1).strip());
            }
        }
    }
}
