package dev.fettle.core.turn;

/// Asks a turn to stop between two steps, so that another process can go on with it. Used by several threads.
public final class HandOver {
    /// Nobody will ask.
    public static final HandOver NEVER = new HandOver();

    private volatile boolean isWanted;

    public void request() {
        isWanted = true;
    }

    public boolean isWanted() {
        return isWanted;
    }
}
