package dev.fettle.app.upkeep;

import dev.fettle.cli.host.Administration.Removed;
import dev.fettle.core.session.SessionId;
import dev.fettle.core.snapshot.Snapshots;
import dev.fettle.core.snapshot.StoredSnapshots;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/// Snapshots that no session will want again, and those that there is no room for.
///
/// @param places where they are kept
/// @param isThere whether there still is such a session
/// @param isInUse whether somebody has a session or will take it; then its snapshots stay
record StaleSnapshots(List<Snapshots> places, Predicate<SessionId> isThere, Predicate<SessionId> isInUse) {
    private static final String WHAT = "sessions' snapshots";

    private record Kept(Snapshots place, StoredSnapshots stored) {
        SessionId session() {
            return stored.session();
        }

        long bytes() {
            return stored.bytes();
        }
    }

    /// Removes those of sessions that are gone, and of the rest those that were kept longest ago until no
    /// more bytes are left than may be.
    Removed drop(long mostBytes, boolean isRehearsal) {
        List<Kept> removed = new ArrayList<>();
        List<Kept> left = new ArrayList<>();
        for (Snapshots place : places) {
            // Asked for before the sessions are: one that is made meanwhile is not among them.
            for (StoredSnapshots each : place.stored()) {
                (isThere.test(each.session()) ? left : removed).add(new Kept(place, each));
            }
        }
        long bytes = sum(left);
        left.sort(Comparator.comparing(each -> each.stored().latest()));
        for (Kept each : left) {
            if (bytes > mostBytes && !isInUse.test(each.session())) {
                removed.add(each);
                bytes -= each.bytes();
            }
        }
        if (!isRehearsal) {
            removed.forEach(each -> each.place().delete(each.session()));
        }
        return new Removed(WHAT, removed.size(), sum(removed));
    }

    private static long sum(List<Kept> kept) {
        return kept.stream().mapToLong(Kept::bytes).sum();
    }
}
