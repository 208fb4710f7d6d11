package dev.fettle.server.sse;

/// Takes events for one client.
public interface EventSink {
    /// Never blocks and never throws, whatever the client does; may be called by any thread.
    ///
    /// @return false if the client is gone or was cut off because it reads too slowly; nothing more will be
    ///     taken
    boolean send(ServerEvent event);

    /// There will be no more events; the stream ends when the client has what was sent.
    void end();
}
