package dev.fettle.code.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.code.source.Outline;
import dev.fettle.code.source.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeIndexTest {
    @TempDir
    private Path temporary;

    private Project project = new Project(Path.of("."));

    @BeforeEach
    void aProject() throws IOException {
        project = Project.in(temporary);
        project.with("src/Cart.java", "class Cart {\n  int total() { return 1; }\n}\n")
                .with("src/Shop.java", "class Shop {\n  int sum() { return new Cart().total(); }\n}\n")
                .with("tool.py", "def total():\n    pass\n")
                .with("README.md", "# total\n");
    }

    @Test
    void findsDefinitionsAndUsages() throws Exception {
        try (CodeIndex index = project.index()) {
            assertEquals(
                    List.of("src/Cart.java:2 Cart", "tool.py:1 "),
                    index.definitions("total", 10).stream()
                            .map(each -> "%s:%d %s"
                                    .formatted(each.path(), each.symbol().first(), each.container()))
                            .toList());
            assertEquals(List.of(new Usage("src/Shop.java", 2, Reference.Kind.CALL, "sum")), index.usages("total", 10));
            assertEquals(
                    List.of("Cart"),
                    index.definitionsLike("aR", 10).stream()
                            .map(each -> each.symbol().name())
                            .toList());
        }
    }

    @Test
    void onlyReadsWhatHasChanged() throws Exception {
        try (CodeIndex index = project.index()) {
            assertEquals(new Refreshed(3, 0, 0, true), index.refresh(Project::walk));
            project.with("tool.py", "def sum():\n    pass\n", Instant.parse("2026-01-01T00:00:01Z"));
            Files.delete(project.root().resolve("src/Shop.java"));
            assertEquals(new Refreshed(2, 1, 1, true), index.refresh(Project::walk));
            assertEquals(List.of("src/Cart.java"), paths(index.definitions("total", 10)));
            assertEquals(List.of("tool.py"), paths(index.definitions("sum", 10)));
            assertEquals(List.of(), index.usages("total", 10));
        }
    }

    @Test
    void aFileThatWasOnlyTouchedIsNotParsedAgain() throws Exception {
        try (CodeIndex index = project.index()) {
            Files.setLastModifiedTime(
                    project.root().resolve("tool.py"),
                    java.nio.file.attribute.FileTime.from(Instant.parse("2026-01-01T00:00:09Z")));
            assertEquals(new Refreshed(3, 0, 0, true), index.refresh(Project::walk));
        }
    }

    @Test
    void aFileThatChangesWithinATickOfTheClockIsReadAgain() throws Exception {
        project.with("tool.py", "def before():\n    pass\n", Project.NOW.instant());
        try (CodeIndex index = project.index()) {
            project.with("tool.py", "def behind():\n    pass\n", Project.NOW.instant());
            index.refresh(Project::walk);
            assertEquals(List.of("tool.py"), paths(index.definitions("behind", 10)));
            assertEquals(List.of(), paths(index.definitions("before", 10)));
        }
    }

    @Test
    void leavesOutWhatGitIgnores() throws Exception {
        project.with(".gitignore", "build/\n*.gen.py\n")
                .with("build/Made.java", "class Made {}\n")
                .with("x.gen.py", "def made(): pass\n")
                .with("sub/.gitignore", "!kept.gen.py\n")
                .with("sub/kept.gen.py", "def kept(): pass\n");
        try (CodeIndex index = project.index()) {
            assertEquals(
                    List.of("src/Cart.java", "src/Shop.java", "sub/kept.gen.py", "tool.py"),
                    index.files().stream().map(IndexedFile::path).toList());
        }
    }

    @Test
    void readsRepositoriesInsideOfItAndNothingOfGits() throws Exception {
        project.with(".git/hooks/hook.py", "def hook(): pass\n")
                .with(".gitignore", "vendor/\n")
                .with("nested/.git/config.py", "def config(): pass\n")
                .with("nested/.gitignore", "made.py\n")
                .with("nested/made.py", "def made(): pass\n")
                .with("nested/mine.py", "def mine(): pass\n")
                .with("vendor/theirs/.git/HEAD", "ref: refs/heads/main\n")
                .with("vendor/theirs/theirs.py", "def theirs(): pass\n")
                .with("submodule/.git", "gitdir: ../.git/modules/submodule\n")
                .with("submodule/lib.py", "def lib(): pass\n");
        try (CodeIndex index = project.index()) {
            assertEquals(
                    List.of("nested/mine.py", "src/Cart.java", "src/Shop.java", "submodule/lib.py", "tool.py"),
                    index.files().stream().map(IndexedFile::path).toList());
        }
    }

    @Test
    void aLargeProjectIsReadOnceAndThenOnlyWhatChanged() throws Exception {
        for (int i = 0; i < 3_000; i++) {
            project.with(
                    "many/d%d/f%d.py".formatted(i % 50, i), "def f%d(x):\n    return f%d(x)\n".formatted(i, i + 1));
        }
        project.with("many/long.py", "x = [" + "1,".repeat(500_000) + "]\n")
                .with("many/max.min.js", "a(1);".repeat(5_000));
        List<Integer> told = new ArrayList<>();
        try (CodeIndex index = CodeIndex.open(
                project.kept().resolveSibling("large.db"), project.workspace(), InstantSource.system())) {
            assertEquals(
                    new Refreshed(3_005, 3_005, 0, true), index.refresh(Project::walk, (done, _) -> told.add(done)));
            assertEquals(new Refreshed(3_005, 0, 0, true), index.refresh(Project::walk));
            project.with("many/d7/f7.py", "def seven(): pass\n", Instant.parse("2026-01-01T00:00:01Z"));
            assertEquals(new Refreshed(3_005, 1, 0, true), index.refresh(Project::walk));
            assertEquals(
                    List.of("many/long.py", "many/max.min.js"),
                    index.files().stream()
                            .filter(each -> each.skipped().isPresent())
                            .map(IndexedFile::path)
                            .toList());
            assertEquals(100, index.definitionsLike("f", 100).size());
        }
        assertTrue(told.stream().allMatch(each -> each <= 3_005), told.toString());
    }

    @Test
    void saysWhatWasSkippedAndWhy() throws Exception {
        project.with("min.js", "var a=1;".repeat(1000));
        try (CodeIndex index = project.index()) {
            IndexedFile skipped = index.files().getFirst();
            assertEquals(Optional.of("its lines are so long that it is minified or data"), skipped.skipped());
            assertEquals(Optional.empty(), index.outline("min.js"));
        }
    }

    @Test
    void givesBackOutlinesAsTheyWereRead() throws Exception {
        try (CodeIndex index = project.index()) {
            Outline outline = index.outline("src/Shop.java").orElseThrow();
            assertEquals(
                    List.of("Shop", "sum"),
                    outline.symbols().stream().map(each -> each.name()).toList());
            assertEquals(
                    List.of(
                            new Reference("Cart", Reference.Kind.CALL, 2, 1),
                            new Reference("total", Reference.Kind.CALL, 2, 1)),
                    outline.references());
        }
    }

    @Test
    void aDamagedIndexIsBuiltAnew() throws Exception {
        project.index().close();
        try (Stream<Path> files = Files.list(project.kept())) {
            for (Path each : files.toList()) {
                Files.write(each, new byte[5000]);
            }
        }
        try (CodeIndex index = project.index()) {
            assertEquals(3, index.files().size());
        }
    }

    @Test
    void aFileThatParsersCrashedOnTwiceIsLeftOut() throws Exception {
        project.index().close();
        Path kept;
        try (Stream<Path> files = Files.list(project.kept())) {
            kept = files.filter(each -> each.toString().endsWith(".db"))
                    .findFirst()
                    .orElseThrow();
        }
        String hash = "d29c4cf59bb93f7d0d5e6e5b8a2a4a6c";
        for (int i = 0; i < Suspects.CRASHES; i++) {
            crashed(kept, hash);
            project.with("new%d.py".formatted(i), "def new%d(): pass\n".formatted(i));
            project.index().close();
        }
        try (Suspects ours = new Suspects(kept, 1)) {
            ours.begin(0, hash);
            assertEquals(List.of(), Suspects.left(kept));
        }
        try (IndexDatabase database = IndexDatabase.open(kept)) {
            assertEquals(
                    List.of(hash),
                    database.query("select hash from suspect where crashes >= 2", row -> row.getString(1)));
            database.transaction(() -> database.update("update suspect set hash = (select hash from file limit 1)"));
            database.transaction(() -> database.update("update file set hash = '', modified = 0"));
        }
        try (CodeIndex index = project.index()) {
            assertEquals(
                    List.of(Optional.of("parsers crashed on it")),
                    index.files().stream()
                            .map(IndexedFile::skipped)
                            .filter(Optional::isPresent)
                            .toList());
        }
    }

    /// Leaves what a process leaves that a parser brought down.
    private static void crashed(Path index, String hash) throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        Files.writeString(
                index.resolveSibling("%s.%d-1.parsing".formatted(index.getFileName(), process.pid())),
                hash + "\0".repeat(64 - hash.length()));
    }

    @Test
    void anInterruptStopsTheRefreshAndTheNextGoesOn() throws Exception {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> project.index().close());
        try (CodeIndex index = project.index()) {
            assertEquals(3, index.files().size());
        }
    }

    @Test
    void indexesThatNobodyUsesAreForgotten() throws Exception {
        Files.createDirectories(project.kept());
        Path old = Files.writeString(project.kept().resolve("old.db"), "");
        Files.setLastModifiedTime(old, java.nio.file.attribute.FileTime.from(Instant.parse("2025-01-01T00:00:00Z")));
        project.index().close();
        assertTrue(Files.notExists(old));
    }

    private static List<String> paths(List<Definition> definitions) {
        return definitions.stream().map(Definition::path).toList();
    }
}
