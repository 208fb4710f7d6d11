package dev.fettle.core.run;

/// How much work is taken on.
///
/// @param perUser most runs of one user that workers may have at a time
/// @param inAll most runs that workers may have at a time
/// @param queued most runs that may stand behind those
public record RunLimits(int perUser, int inAll, int queued) {
    public static final RunLimits DEFAULT = new RunLimits(4, 64, 1_000);

    public RunLimits {
        if (perUser < 1 || inAll < 1 || queued < 1) {
            throw new IllegalArgumentException("Limits of runs are at least 1, not %d per user, %d in all, %d queued"
                    .formatted(perUser, inAll, queued));
        }
    }
}
