package dev.fettle.code.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.code.index.CodeIndex;
import dev.fettle.code.index.Project;
import dev.fettle.core.model.TokenEstimate;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryMapTest {
    @TempDir
    private Path temporary;

    private Project project = new Project(Path.of("."));

    @BeforeEach
    void aShop() throws IOException {
        project = Project.in(temporary);
        project.with("shop/Cart.java", "package shop;\nclass Cart {\n  int total() { return 1; }\n  int spare;\n}\n")
                .with("shop/Shop.java", "package shop;\nclass Shop {\n  int sum() { return new Cart().total(); }\n}\n")
                .with("shop/Till.java", "package shop;\nclass Till {\n  int sum() { return new Cart().total(); }\n}\n")
                .with("lone/Lone.java", "package lone;\nclass Lone {\n  void alone() {}\n}\n");
    }

    @Test
    void whatOthersUseComesFirstWithWhatTheyUseOfIt() throws Exception {
        try (CodeIndex index = project.index()) {
            assertEquals("""
                    shop/Cart.java
                      class Cart
                        int total()
                    lone/Lone.java
                      class Lone
                        void alone()
                    shop/Shop.java
                      class Shop
                        int sum()
                    shop/Till.java
                      class Till
                        int sum()
                    """, RepositoryMap.of(index, Focus.NONE).within(10_000));
        }
    }

    @Test
    void whatTheTaskMentionsComesFirst() throws Exception {
        try (CodeIndex index = project.index()) {
            for (String task : new String[] {"mend Lone", "look at ./lone/Lone.java", "who calls alone?"}) {
                String map = RepositoryMap.of(index, new Focus(task)).within(10_000);
                boolean isFirst = map.startsWith("lone/Lone.java");
                assertEquals(!task.startsWith("who"), isFirst, task);
            }
        }
    }

    @Test
    void keepsToItsBudgetAndSaysWhatIsLeftOut() throws Exception {
        for (int i = 0; i < 200; i++) {
            project.with("many/F%d.java".formatted(i), "package many;\nclass F%d { void f%d() {} }\n".formatted(i, i));
        }
        try (CodeIndex index = project.index()) {
            RepositoryMap map = RepositoryMap.of(index, Focus.NONE);
            for (int budget : new int[] {50, 100, 500, 2000}) {
                String text = map.within(budget);
                assertTrue(TokenEstimate.of(text) <= budget, "%d: %s".formatted(budget, text));
                assertTrue(text.endsWith("more files are not shown; find_symbol and glob find them]\n"), text);
            }
            assertTrue(map.within(2000).startsWith("shop/Cart.java"));
        }
    }

    @Test
    void theSameFilesGiveTheSameMapWhereverTheyAre() throws Exception {
        String first;
        try (CodeIndex index = project.index()) {
            first = RepositoryMap.of(index, Focus.NONE).within(1000);
        }
        Project copy = Project.in(temporary.resolve("elsewhere"));
        for (String each : new String[] {"shop/Till.java", "lone/Lone.java", "shop/Shop.java", "shop/Cart.java"}) {
            copy.with(each, java.nio.file.Files.readString(project.root().resolve(each)));
        }
        try (CodeIndex index = copy.index()) {
            assertEquals(first, RepositoryMap.of(index, Focus.NONE).within(1000));
        }
    }
}
