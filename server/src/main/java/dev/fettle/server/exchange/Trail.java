package dev.fettle.server.exchange;

import java.util.ArrayList;
import java.util.List;

/// What a request leaves for its end: what the log will tell of it beyond its head, and what it has to give back. Used
/// by the request's thread only.
public final class Trail {
    private final List<Runnable> endings = new ArrayList<>();
    private String user = "-";

    public String user() {
        return user;
    }

    void user(String id) {
        user = id;
    }

    /// Has something done when the answer was sent, or could not be.
    public void atEnd(Runnable work) {
        endings.add(work);
    }

    /// Does what is to be done at the end; once.
    public void end() {
        endings.forEach(Runnable::run);
        endings.clear();
    }
}
