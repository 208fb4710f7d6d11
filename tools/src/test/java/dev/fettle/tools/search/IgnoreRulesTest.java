package dev.fettle.tools.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.Workspace;
import dev.fettle.tools.process.ProcessShell;
import dev.fettle.tools.workspace.LocalWorkspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Compares with git itself.
final class IgnoreRulesTest {
    private static final List<String> FILES = List.of(
            "a.txt",
            "b.log",
            "keep.log",
            "Makefile",
            "foo",
            "foobar",
            "x.o",
            "x.a",
            "#hash",
            "!bang",
            "with space",
            "trailing ",
            "back\\slash",
            "[brackets]",
            "größe.txt",
            "src/a.txt",
            "src/b.log",
            "src/main/a.java",
            "src/main/foo/a.txt",
            "src/main/deep/er/a.log",
            "build/out.txt",
            "build/keep.txt",
            "build/sub/out.txt",
            "sub/build/out.txt",
            "sub/foo/x.txt",
            "sub/.hidden",
            ".hidden",
            ".config/x",
            "doc/build",
            "doc/a.pdf",
            "doc/frotz/a.txt",
            "a/b/c/d.txt",
            "a/x/b/c.txt",
            "a/b.txt",
            "vendor/lib/x.js",
            "vendor/own/x.js",
            "temp1",
            "temp2",
            "tempX");

    @TempDir
    Path directory;

    private Path root;

    @BeforeEach
    void fill() throws Exception {
        root = directory.toRealPath().resolve("repository");
        for (String file : FILES) {
            put(file, "x");
        }
        git("init", "-q");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*.log",
                "*.log\n!keep.log",
                "*.log\n!src/*.log",
                "/foo",
                "foo",
                "foo/",
                "/build/",
                "build",
                "build/",
                "build/*\n!build/keep.txt",
                "build/\n!build/keep.txt",
                "/src/*.txt",
                "src/*.txt",
                "src/**",
                "src/**/a.txt",
                "**/foo",
                "**/foo/**",
                "**/build/out.txt",
                "a/**/c.txt",
                "a/**/b",
                "a/**",
                "**/a.txt",
                "foo*",
                "temp?",
                "temp[12]",
                "temp[!12]",
                "temp[^1]",
                "temp[0-9]",
                "*.[oa]",
                "\\#hash",
                "#hash",
                "\\!bang",
                "!bang",
                "with space",
                "trailing\\ ",
                "trailing ",
                "back\\\\slash",
                "\\[brackets\\]",
                "größe.*",
                ".*",
                ".*/",
                ".hidden",
                "/*\n!/src/",
                "/*\n!/src\n/src/*\n!/src/main",
                "*\n!*/\n!*.txt",
                "vendor/*\n!vendor/own/",
                "vendor/\n!vendor/own/x.js",
                "doc/*.pdf",
                "doc/frotz",
                "doc/frotz/",
                "/doc/frotz/",
                "frotz/",
                "*.txt\n\n\n#x\n",
                "src/main/",
                "src/main/foo/a.txt",
                "*/foo",
                "*/*/foo",
                "s*c/",
                "b*d/o*",
                "  ",
                "/",
                "*",
                "**",
                "/**",
                "sub/build/",
                "\uFEFF*.log",
                "*.log\r\n*.txt\r\n",
                "a/b",
                "a/b/",
                "deep/er",
                "/deep",
                "er/",
                "src/main/deep/**/*.log",
                "foo/*",
                "foo/**",
                "x.?",
                "[[:alpha:]]oo",
                "[a-f]oo",
                "{a,b}.txt",
                "a.txt/",
            })
    void ignoresWhatGitIgnores(String patterns) throws Exception {
        put(".gitignore", patterns);
        assertEquals(asGitSeesIt(), asWeSeeIt(), patterns);
    }

    @Test
    void lowerRulesOverrideHigherOnes() throws Exception {
        put(".gitignore", "*.txt\n*.log\n/sub/foo/\n");
        put("src/.gitignore", "!*.txt\n/main/deep\nfoo/\n");
        put("src/main/.gitignore", "*.java\n!foo/\n");
        put("a/.gitignore", "!d.txt\n/b/c/\n");
        put("sub/.gitignore", "!/foo/\n");
        put(".git/info/exclude", "Makefile\nfoobar\n");
        assertEquals(asGitSeesIt(), asWeSeeIt());
    }

    @Test
    void rulesOverrideTheRepositorysOwnExcludes() throws Exception {
        put(".gitignore", "!Makefile\n");
        put(".git/info/exclude", "Makefile\n*.log\n");
        assertEquals(asGitSeesIt(), asWeSeeIt());
    }

    @Test
    void looksIntoAnIgnoredDirectoryWhenAsked() throws Exception {
        put(".gitignore", "build/\n*.txt\n");
        put("build/.gitignore", "keep.txt\n");
        assertEquals(Set.of("build/.gitignore", "build/out.txt", "build/sub/out.txt"), walk(new FilePath("build")));
        assertEquals(Set.of("build/sub/out.txt"), walk(new FilePath("build/sub")));
        assertEquals(Set.of(), walk(new FilePath("doc/frotz")));
    }

    private Set<String> asWeSeeIt() throws InterruptedException {
        return walk(FilePath.ROOT);
    }

    private Set<String> walk(FilePath start) throws InterruptedException {
        Workspace workspace = new LocalWorkspace(root, new ProcessShell(root, Map.of(), directory));
        Set<String> seen = new TreeSet<>();
        new Tree(workspace).walk(start, file -> seen.add(file.path().value()));
        return seen;
    }

    private Set<String> asGitSeesIt() throws Exception {
        return new TreeSet<>(
                Stream.of(git("ls-files", "-co", "--exclude-standard", "-z").split("\0", -1))
                        .filter(path -> !path.isEmpty())
                        .toList());
    }

    private void put(String path, String content) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        Files.writeString(root.resolve(path), content);
    }

    private String git(String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Stream.concat(Stream.of("git", "-c", "core.excludesFile=/dev/null"), Stream.of(arguments))
                        .toList());
        builder.directory(root.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
        Process git = builder.start();
        String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, git.waitFor());
        return output;
    }
}
