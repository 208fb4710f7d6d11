package dev.fettle.code.runner.tool;

import static dev.fettle.code.runner.TestCommand.word;

import dev.fettle.code.project.ProjectFiles;
import dev.fettle.code.runner.Runner;
import dev.fettle.code.runner.Selection;
import dev.fettle.code.runner.TestCommand;

/// `dotnet test`.
record Dotnet() implements Runner {
    @Override
    public String name() {
        return "dotnet";
    }

    @Override
    public boolean fits(ProjectFiles files) {
        return files.names("").stream().anyMatch(name -> name.matches(".+\\.(?:sln|slnx|csproj|fsproj|vbproj)"));
    }

    @Override
    public TestCommand command(ProjectFiles files, Selection selection) {
        return new TestCommand("dotnet test --nologo" + chosen(selection));
    }

    private static String chosen(Selection selection) {
        return switch (selection) {
            case Selection.All _ -> "";
            case Selection.In in ->
                filter(in.path().substring(in.path().lastIndexOf('/') + 1).replaceFirst("\\.\\w+$", ""));
            case Selection.One one -> filter(one.test().name());
        };
    }

    private static String filter(String name) {
        return " --filter " + word("FullyQualifiedName~" + name.replaceFirst("\\(.*$", ""));
    }
}
