package dev.fettle.tools.sandbox.escape;

/// Something a hostile command tries.
///
/// @param script bash; `$OUT` is a directory outside the workspace, `$CANARY_FILE` a secret file there, `$SOCK` a Unix
///     socket and `$PORT` a TCP port of a service outside that answers the canary, `$VICTIM` a process outside
/// @param seen how it shows that the attempt got out
record Attempt(String name, String script, Seen seen) {

    /// How an escape shows, never by an exit code.
    enum Seen {
        /// The canary is in what the command printed.
        CANARY_PRINTED,
        /// Something in `$OUT` is not as it was.
        OUTSIDE_CHANGED,
        /// A protected file of the workspace is not as it was.
        PROTECTED_CHANGED,
        /// A process that the command started outlives it, or the one outside has died.
        PROCESSES_CHANGED,
        /// What is shown of the output steers a terminal, or is far more than anybody can read.
        OUTPUT_UNTAMED,
        /// The command printed `BROKE OUT`, having done what the kernel should have refused.
        SAID_SO
    }

    static Attempt reading(String name, String script) {
        return new Attempt(name, script, Seen.CANARY_PRINTED);
    }

    static Attempt writing(String name, String script) {
        return new Attempt(name, script, Seen.OUTSIDE_CHANGED);
    }

    static Attempt steering(String name, String script) {
        return new Attempt(name, script, Seen.PROTECTED_CHANGED);
    }

    static Attempt living(String name, String script) {
        return new Attempt(name, script, Seen.PROCESSES_CHANGED);
    }

    static Attempt printing(String name, String script) {
        return new Attempt(name, script, Seen.OUTPUT_UNTAMED);
    }

    /// A script whose success is the escape.
    static Attempt doing(String name, String script) {
        return new Attempt(name, "{ " + script + "; } >/dev/null 2>&1 && echo BROKE OUT", Seen.SAID_SO);
    }
}
