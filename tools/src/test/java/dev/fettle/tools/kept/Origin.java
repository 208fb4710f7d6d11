package dev.fettle.tools.kept;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A repository that others fetch from.
record Origin(Path directory) {
    static Origin at(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Origin origin = new Origin(directory.toRealPath());
        origin.git("init", "--quiet", "--initial-branch=main");
        return origin;
    }

    String url() {
        return "file://" + directory;
    }

    /// Answers the commit's hash.
    String commit(String file, String content) throws IOException, InterruptedException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
        git("add", "--all");
        git("commit", "--quiet", "--message", "change " + file);
        return git("rev-parse", "HEAD").strip();
    }

    String git(String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("git", "-c", "user.name=T", "-c", "user.email=t@example.com"));
        words.addAll(List.of(arguments));
        File output = Files.createTempFile("origin", "").toFile();
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output);
        builder.environment().putAll(Map.of("GIT_CONFIG_NOSYSTEM", "1", "GIT_CONFIG_GLOBAL", "/dev/null"));
        int code = builder.start().waitFor();
        String said = Files.readString(output.toPath(), StandardCharsets.UTF_8);
        assertEquals(0, code, said);
        Files.delete(output.toPath());
        return said;
    }
}
