package dev.fettle.code.index;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {
    private static final int FILES = 600;

    @TempDir
    private Path temporary;

    /// Another process that indexes a project and prints what it finds.
    static final class Indexer {
        private Indexer() {}

        public static void main(String[] arguments) throws InterruptedException {
            Project project = new Project(Path.of(arguments[0]));
            IndexDirectory indexes = new IndexDirectory(project.kept(), Project::walk, InstantSource.system());
            try (CodeIndex index = indexes.open(project.workspace())) {
                System.out.printf(
                        "%d files, %d usages%n",
                        index.files().size(), index.usages("total", FILES * 2).size());
            }
        }
    }

    @Test
    void severalProcessesBuildOneIndexTogether() throws Exception {
        Project project = Project.in(temporary);
        for (int i = 0; i < FILES; i++) {
            project.with(
                    "p%d/F%d.java".formatted(i % 7, i), "class F%d { int a() { return total(); } }\n".formatted(i));
        }
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Indexer.class.getName(),
                            project.root().toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        }
        for (Process each : processes) {
            String said = new String(each.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertEquals("%d files, %d usages".formatted(FILES, FILES), said.strip());
            assertEquals(0, each.waitFor());
        }
        try (CodeIndex index = project.index()) {
            assertEquals(FILES, index.definitionsLike("F", FILES * 2).size());
        }
    }
}
