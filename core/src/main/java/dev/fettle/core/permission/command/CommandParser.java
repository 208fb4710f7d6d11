package dev.fettle.core.permission.command;

/// Reads what a shell would run. Never fails: what it cannot read is [Script#UNREADABLE]. Safe for several
/// threads; takes bounded time however long the text is.
@FunctionalInterface
public interface CommandParser {
    Script parse(String text);
}
