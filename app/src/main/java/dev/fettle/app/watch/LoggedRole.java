package dev.fettle.app.watch;

import dev.fettle.cli.host.Host;
import dev.fettle.telemetry.log.ProcessLog;
import java.io.PrintStream;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A role whose standard error machines read: what it says of itself is a line of the log like all others.
public record LoggedRole(Host.Role role) implements Host.Role {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessLog.PROCESS);

    @Override
    public void say(String sentence, PrintStream people) {
        LOG.info(sentence);
    }

    @Override
    public String name() {
        return role.name();
    }

    @Override
    public void start() {
        role.start();
    }

    @Override
    public String readiness() {
        return role.readiness();
    }

    @Override
    public List<String> greetings() {
        return role.greetings();
    }

    @Override
    public void close() {
        role.close();
    }
}
