package dev.fettle.server.wire;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import java.util.concurrent.ExecutorService;

/// A connection as it is, but for what is read from it.
record PatientContext(ConnectionContext given, Inbound inbound, DataReader dataReader) implements ConnectionContext {
    @Override
    public ListenerContext listenerContext() {
        return given.listenerContext();
    }

    @Override
    public ExecutorService executor() {
        return given.executor();
    }

    @Override
    public DataWriter dataWriter() {
        return given.dataWriter();
    }

    @Override
    public Router router() {
        return given.router();
    }

    @Override
    public HelidonSocket serverSocket() {
        return given.serverSocket();
    }

    @Override
    public PeerInfo remotePeer() {
        return given.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return given.localPeer();
    }

    @Override
    public boolean isSecure() {
        return given.isSecure();
    }

    @Override
    public String socketId() {
        return given.socketId();
    }

    @Override
    public String childSocketId() {
        return given.childSocketId();
    }
}
