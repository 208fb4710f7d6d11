package dev.fettle.core.run;

import dev.fettle.core.session.RunId;
import dev.fettle.core.snapshot.SnapshotException;
import dev.fettle.core.snapshot.Snapshots;
import dev.fettle.core.snapshot.TreeChange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What runs change in the trees they work in: a snapshot from before each and one from after it. A tree that cannot be
/// kept costs the run its diff and nothing else.
public record RunChanges(Snapshots snapshots) {
    private static final Logger LOG = LoggerFactory.getLogger(RunChanges.class);

    private static String before(RunId run) {
        return run.value() + "-before";
    }

    private static String after(RunId run) {
        return run.value() + "-after";
    }

    /// A run is about to do something; only the first time counts, for it may be taken up again.
    public void begin(Run run, Path tree) {
        try {
            if (snapshots.marked(run.session(), before(run.id())).isEmpty()) {
                snapshots.mark(snapshots.take(run.session(), tree), before(run.id()));
            }
        } catch (SnapshotException e) {
            notKept(run, e);
        }
    }

    public void end(Run run, Path tree) {
        try {
            if (snapshots.marked(run.session(), before(run.id())).isPresent()) {
                snapshots.mark(snapshots.take(run.session(), tree), after(run.id()));
            }
        } catch (SnapshotException e) {
            notKept(run, e);
        }
    }

    private static void notKept(Run run, SnapshotException e) {
        LOG.warn("What {} changes is not kept: {}", run.id(), e.getMessage());
    }

    /// Empty if it is not kept: too old, or of a run that has not ended here.
    public Optional<TreeChange> of(Run run) {
        return snapshots
                .marked(run.session(), before(run.id()))
                .flatMap(before ->
                        snapshots.marked(run.session(), after(run.id())).map(after -> new TreeChange(before, after)));
    }

    /// Writes a change as a patch; see [Snapshots#diff].
    public void write(TreeChange change, OutputStream out) throws IOException {
        snapshots.diff(change.before(), change.after(), out);
    }
}
