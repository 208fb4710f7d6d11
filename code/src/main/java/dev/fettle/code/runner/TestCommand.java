package dev.fettle.code.runner;

import dev.fettle.core.text.ShellWord;
import java.util.List;

/// A command that runs tests, and what makes it report them well.
///
/// @param line as a person would type it in the project's directory; what policies and people decide about
/// @param reporting options that only make the tool write report files, into the directory `$R`; appended to the line
/// @param reports files it leaves in the project besides: patterns for `find -path`
public record TestCommand(String line, String reporting, List<String> reports) {
    public TestCommand {
        reports = List.copyOf(reports);
    }

    /// A command that reports on its output only.
    public TestCommand(String line) {
        this(line, "", List.of());
    }

    /// The same with more options that only concern reports.
    public TestCommand reporting(String options) {
        return new TestCommand(line, reporting + options, reports);
    }

    /// A word that bash takes literally.
    public static String word(String text) {
        return ShellWord.quoted(text);
    }
}
