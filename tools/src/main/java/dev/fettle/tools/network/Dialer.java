package dev.fettle.tools.network;

import java.io.IOException;
import java.net.Socket;

/// Connects to a host.
@FunctionalInterface
interface Dialer {

    /// A connection to one address of the host, looked up once.
    ///
    /// @throws IOException if there is none, or none that may be talked to
    Socket dial(HostName host, int port) throws IOException;
}
