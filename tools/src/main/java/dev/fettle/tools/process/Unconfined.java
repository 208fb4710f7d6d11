package dev.fettle.tools.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// No sandbox: commands reach all that the user can reach. They run in a session of their own, so that they can be
/// found and killed.
public final class Unconfined implements Sandbox {
    @Override
    public String name() {
        return "none";
    }

    @Override
    public Started start(Launch launch) throws IOException {
        String searchPath = launch.environment().getOrDefault("PATH", "/usr/bin:/bin");
        List<String> words = new ArrayList<>();
        program("setsid", searchPath).ifPresent(words::add);
        String name = launch.command().getFirst();
        words.add(program(name, searchPath).orElse(name));
        words.addAll(launch.command().subList(1, launch.command().size()));
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(launch.directory().toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().clear();
        builder.environment().putAll(launch.environment());
        return new Started(builder.start());
    }

    private static Optional<String> program(String name, String searchPath) {
        return Arrays.stream(searchPath.split(File.pathSeparator, -1))
                .filter(place -> place.startsWith("/") && place.indexOf('\0') < 0)
                .map(place -> Path.of(place, name))
                .filter(candidate -> Files.isExecutable(candidate) && !Files.isDirectory(candidate))
                .map(Path::toString)
                .findFirst();
    }
}
