package dev.fettle.code.runner.tool;

import static dev.fettle.code.runner.TestCommand.word;

import dev.fettle.code.project.ProjectFiles;
import dev.fettle.code.runner.Runner;
import dev.fettle.code.runner.Selection;
import dev.fettle.code.runner.TestCommand;

/// RSpec, through Bundler where there is a Gemfile.
record Rspec() implements Runner {
    @Override
    public String name() {
        return "rspec";
    }

    @Override
    public boolean fits(ProjectFiles files) {
        return files.has(".rspec")
                || files.has("spec/spec_helper.rb")
                || files.text("Gemfile").contains("rspec");
    }

    @Override
    public TestCommand command(ProjectFiles files, Selection selection) {
        return new TestCommand((files.has("Gemfile") ? "bundle exec rspec" : "rspec") + chosen(selection));
    }

    private static String chosen(Selection selection) {
        return switch (selection) {
            case Selection.All _ -> "";
            case Selection.In in -> " " + word(in.path());
            case Selection.One one ->
                (one.test().suite().endsWith(".rb") ? " " + word(one.test().suite()) : "") + " -e "
                        + word(one.test().name());
        };
    }
}
