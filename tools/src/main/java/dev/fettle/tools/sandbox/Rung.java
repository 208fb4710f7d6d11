package dev.fettle.tools.sandbox;

import dev.fettle.tools.process.Sandbox;

/// How well commands can be confined on this machine, and why not better.
public sealed interface Rung {

    /// Commands are confined.
    record Confined(Sandbox sandbox, String found) implements Rung {}

    /// Commands are confined, with gaps; see docs/sandbox.md.
    ///
    /// @param why what would be better and how it failed
    /// @param remedy what to install or allow
    record Partly(Sandbox sandbox, String found, String why, String remedy) implements Rung {}

    /// Nothing here confines commands.
    ///
    /// @param why what was tried and how it failed
    /// @param remedy what to install or allow
    record None(String why, String remedy) implements Rung {}
}
