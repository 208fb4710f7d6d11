package dev.fettle.store;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import java.util.logging.Logger;
import javax.sql.DataSource;

/// Lends the one connection of the process to a library, to one caller at a time. With a second connection
/// the two would wait for each other as SQLite does: by trying again after some milliseconds.
final class LentConnection implements DataSource {
    private final Lock lock;
    private final Supplier<Connection> connection;
    private final Runnable back;

    /// @param lock held while it is lent
    /// @param connection asked for within the lock
    /// @param back done when it is given back, within the lock
    LentConnection(Lock lock, Supplier<Connection> connection, Runnable back) {
        this.lock = lock;
        this.connection = connection;
        this.back = back;
    }

    @Override
    public Connection getConnection() {
        lock.lock();
        try {
            return lent(connection.get());
        } catch (RuntimeException e) {
            lock.unlock();
            throw e;
        }
    }

    private Connection lent(Connection real) {
        return (Connection) Proxy.newProxyInstance(
                LentConnection.class.getClassLoader(), new Class<?>[] {Connection.class}, (_, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        try {
                            back.run();
                        } finally {
                            lock.unlock();
                        }
                        return null;
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public Connection getConnection(String user, String password) {
        return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() {
        return new PrintWriter(PrintWriter.nullWriter());
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        // Nothing is logged.
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // Nobody logs in.
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("Nothing is logged");
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return type.cast(this);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
