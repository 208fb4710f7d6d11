package dev.fettle.app.debug;

import dev.fettle.cli.host.Debugging;
import dev.fettle.code.debug.Bisected;
import dev.fettle.code.debug.Bisection;
import dev.fettle.code.debug.Findings;
import dev.fettle.code.debug.FindingsJson;
import dev.fettle.code.debug.FindingsText;
import dev.fettle.code.debug.Investigation;
import dev.fettle.code.debug.Task;
import dev.fettle.code.debug.Verification;
import dev.fettle.code.repair.Repair;
import dev.fettle.code.repair.Searched;
import dev.fettle.code.runner.TestCommand;
import dev.fettle.core.workspace.Workspace;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// What the module `code` finds out, in the words of the command line.
///
/// @param bisection on a bench whose shell can write nothing but its temporary directory
/// @param repair likewise
/// @param marks begins to watch the workspace for changes
public record LocalDebugging(
        Investigation investigation,
        Workspace workspace,
        Supplier<Bisection> bisection,
        Supplier<Repair> repair,
        Supplier<Mark> marks)
        implements Debugging {
    /// With a slower suite a search takes longer than a model.
    private static final Duration CHEAP = Duration.ofSeconds(5);

    @Override
    public Facts investigate(Complaint complaint) throws InterruptedException {
        return new Found(investigation.of(
                switch (complaint) {
                    case Complaint.Tests tests -> new dev.fettle.code.debug.Complaint.Tests(tests.path());
                    case Complaint.Command command -> new dev.fettle.code.debug.Complaint.Command(command.line());
                    case Complaint.Text text -> new dev.fettle.code.debug.Complaint.Text(text.text());
                }));
    }

    @Override
    public Mark mark() {
        return marks.get();
    }

    private final class Found implements Facts {
        private final Findings findings;

        Found(Findings findings) {
            this.findings = findings;
        }

        @Override
        public Standing standing() {
            return switch (findings.verdict()) {
                case REPRODUCED, READ, BROKEN_BUILD, STOPPED -> Standing.FAILURE;
                case NOTHING_FAILS -> Standing.NOTHING_FAILS;
                case NO_TESTS -> Standing.NOTHING_TO_RUN;
            };
        }

        @Override
        public String text() {
            return FindingsText.of(findings);
        }

        @Override
        public String json() {
            return FindingsJson.of(findings);
        }

        @Override
        public String task() {
            return Task.text();
        }

        @Override
        public Answer bisect(String good, String bad) throws InterruptedException {
            Optional<TestCommand> command = findings.subject().command();
            Bisected bisected = command.isEmpty()
                    ? Bisected.impossible("There is no command to try the commits with: give one with --command.")
                    : bisection
                            .get()
                            .find(good, bad, command.get(), findings.subject().directory());
            return new Answer(bisected.first().isPresent(), bisected.text(), bisected.json());
        }

        @Override
        public Answer repair(Duration time, boolean isApplied) throws InterruptedException {
            Searched searched = repair.get().search(findings, time);
            if (isApplied) {
                searched.patch().ifPresent(patch -> patch.applyTo(workspace));
            }
            return new Answer(searched.patch().isPresent(), searched.text(), searched.json());
        }

        @Override
        public boolean isCheap() {
            return findings.run()
                    .filter(run -> run.duration().compareTo(CHEAP) < 0)
                    .isPresent();
        }

        @Override
        public Answer verify() throws InterruptedException {
            Verification verification = investigation.verify(findings);
            return new Answer(
                    verification.hasPassed() || !verification.isPossible(),
                    verification.text(),
                    FindingsJson.of(verification));
        }
    }
}
