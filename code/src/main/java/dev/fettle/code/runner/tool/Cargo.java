package dev.fettle.code.runner.tool;

import static dev.fettle.code.runner.TestCommand.word;

import dev.fettle.code.project.ProjectFiles;
import dev.fettle.code.runner.Runner;
import dev.fettle.code.runner.Selection;
import dev.fettle.code.runner.TestCommand;

/// Cargo; its text is read, for JSON is not stable.
record Cargo() implements Runner {
    @Override
    public String name() {
        return "cargo";
    }

    @Override
    public boolean fits(ProjectFiles files) {
        return files.has("Cargo.toml");
    }

    @Override
    public TestCommand command(ProjectFiles files, Selection selection) {
        return new TestCommand("RUST_BACKTRACE=1 cargo test --no-fail-fast" + chosen(selection));
    }

    private static String chosen(Selection selection) {
        return switch (selection) {
            case Selection.All _ -> "";
            case Selection.In in -> in.path().startsWith("tests/") ? " --test " + word(stem(in.path())) : "";
            case Selection.One one -> " " + word(one.test().name()) + " -- --exact";
        };
    }

    private static String stem(String path) {
        return path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.rs$", "");
    }
}
