package dev.fettle.tools.search;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.fettle.core.permission.Permission;
import dev.fettle.core.tool.Describe;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.tool.RecordTool;
import dev.fettle.core.tool.ToolContext;
import dev.fettle.core.tool.ToolException;
import dev.fettle.core.tool.ToolOutput;
import dev.fettle.core.workspace.FileInfo;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Finds lines by their content.
public final class GrepTool implements RecordTool<GrepTool.Arguments> {
    private static final int DEFAULT_MATCHES = 100;
    private static final int MOST_MATCHES = 1000;
    private static final int MOST_CONTEXT = 20;

    /// What the model sends.
    public record Arguments(
            @Describe("Java regular expression, matched line by line")
            String pattern,

            @Describe("file or directory, default the root") Optional<String> path,

            @Describe("only files like this, such as *.java")
            Optional<String> glob,

            @JsonProperty("ignore_case") Optional<Boolean> ignoreCase,
            @Describe("lines shown around each match") Optional<Integer> context,
            @Describe("most matches, default 100") Optional<Integer> max) {}

    @Override
    public String name() {
        return "grep";
    }

    @Override
    public String description() {
        return "Searches file contents; answers path:line: text. Leaves out binary files and what git ignores.";
    }

    @Override
    public Effect effect() {
        return Effect.READ;
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public List<Permission> permissions(Arguments arguments) {
        return List.of(new Permission.Read(arguments.path().orElse(".")));
    }

    @Override
    public ToolOutput run(Arguments arguments, ToolContext context) throws InterruptedException {
        if (arguments.pattern().isEmpty()) {
            throw new ToolException("`pattern` is empty and would match every line. Say what to look for.");
        }
        LinePattern pattern =
                LinePattern.parse(arguments.pattern(), arguments.ignoreCase().orElse(false));
        Optional<Glob> glob = arguments.glob().map(Glob::parse);
        FileInfo start = SearchPlace.any(context.workspace(), arguments.path());
        GrepRun run = new GrepRun(
                context.workspace(),
                pattern,
                Math.clamp(arguments.context().orElse(0), 0, MOST_CONTEXT),
                Math.clamp(arguments.max().orElse(DEFAULT_MATCHES), 1, MOST_MATCHES));
        if (start.isDirectory()) {
            Predicate<FileInfo> isWanted =
                    file -> glob.isEmpty() || glob.get().matches(SearchPlace.relative(start.path(), file.path()));
            new Tree(context.workspace())
                    .walk(start.path(), file -> !file.isFile() || !isWanted.test(file) || run.search(file));
        } else {
            run.search(start);
        }
        return ToolOutput.of(run.answer("`%s` in %s".formatted(arguments.pattern(), start.path())));
    }
}
