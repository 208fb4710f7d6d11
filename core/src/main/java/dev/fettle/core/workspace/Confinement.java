package dev.fettle.core.workspace;

import java.util.List;
import java.util.Locale;

/// How far commands may reach.
public record Confinement(Mode mode, Network network) {
    public static final Confinement DEFAULT = new Confinement(Mode.WORKSPACE_WRITE, new Network.Off());

    /// What of the file system commands may see and change.
    public enum Mode {
        /// Everything they see is read-only but a private temporary directory.
        READ_ONLY,
        /// The workspace may be changed, except what runs or steers other programs: git's settings, Fettle's own.
        WORKSPACE_WRITE,
        /// All that the user may see and change. Processes are still counted, bounded and killed at the end.
        FULL;

        /// As users write it: `workspace-write`.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// Whom commands may talk to. Servers and clients inside one command can always talk to each other.
    public sealed interface Network {
        record Off() implements Network {}

        /// HTTP and HTTPS to these hosts only, through a proxy.
        ///
        /// @param hosts canonical names, lower case
        record Allow(List<String> hosts) implements Network {
            public Allow {
                hosts = List.copyOf(hosts);
            }
        }

        record On() implements Network {}
    }

    /// The same for a command that was granted more.
    public Confinement widened(Reach reach) {
        return switch (reach) {
            case SANDBOX -> this;
            case NETWORK -> new Confinement(mode, new Network.On());
            case FULL -> new Confinement(Mode.FULL, new Network.On());
        };
    }
}
