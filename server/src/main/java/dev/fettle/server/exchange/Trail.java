package dev.fettle.server.exchange;

/// What the log will tell of a request beyond its head, filled in on the way. Used by the request's thread
/// only.
public final class Trail {
    private String user = "-";

    public String user() {
        return user;
    }

    void user(String id) {
        user = id;
    }
}
