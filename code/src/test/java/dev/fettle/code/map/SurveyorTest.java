package dev.fettle.code.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.code.index.Definition;
import dev.fettle.code.index.Project;
import dev.fettle.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurveyorTest {
    private static final Duration ENOUGH = Duration.ofMinutes(1);

    private final SettableClock clock = new SettableClock();

    @TempDir
    private Path temporary;

    private Project project() throws IOException {
        return Project.in(temporary).with("Cart.java", "class Cart {\n  int total() { return 1; }\n}\n");
    }

    @Test
    void drawsTheMapWithinItsTokens() throws Exception {
        Project project = project();
        try (Surveyor surveyor = new Surveyor(project.indexes(), ENOUGH, 1, clock)) {
            String map = surveyor.map(project.workspace(), "mend Cart", 1000).orElseThrow();
            assertTrue(map.startsWith("Cart.java\n  class Cart"), map);
            assertEquals(Optional.of(map), surveyor.map(project.workspace(), "mend Cart", 1000));
        }
    }

    @Test
    void whatWasReadAFewSecondsAgoIsNotLookedAtAgain() throws Exception {
        Project project = project();
        try (Surveyor surveyor = new Surveyor(project.indexes(), ENOUGH, 1, clock)) {
            assertEquals(List.of("Cart"), named(surveyor, project));
            project.with("Old.java", "class CartOfOld {}\n");
            assertEquals(List.of("Cart"), named(surveyor, project));
            clock.advance(Duration.ofSeconds(10));
            assertEquals(List.of("Cart", "CartOfOld"), named(surveyor, project));
        }
    }

    private static List<String> named(Surveyor surveyor, Project project) {
        return surveyor.ask(project.workspace(), index -> index.definitionsLike("cart", 10)).orElseThrow().stream()
                .map(Definition::qualifiedName)
                .toList();
    }

    @Test
    void aDirectoryWithoutSourcesHasNone() throws Exception {
        Project project = Project.in(temporary).with("notes.txt", "nothing to parse\n");
        try (Surveyor surveyor = new Surveyor(project.indexes(), ENOUGH, 1, clock)) {
            assertEquals(Optional.empty(), surveyor.map(project.workspace(), "", 1000));
        }
    }

    @Test
    void whoeverCannotWaitGoesWithout() throws Exception {
        Project project = project();
        try (Surveyor surveyor = new Surveyor(project.indexes(), Duration.ZERO, 1, clock)) {
            assertEquals(Optional.empty(), surveyor.map(project.workspace(), "", 1000));
        }
    }

    @Test
    void nothingIsMadeOnceItIsClosed() throws Exception {
        Project project = project();
        Surveyor surveyor = new Surveyor(project.indexes(), ENOUGH, 1, clock);
        surveyor.close();
        assertEquals(Optional.empty(), surveyor.map(project.workspace(), "", 1000));
    }
}
