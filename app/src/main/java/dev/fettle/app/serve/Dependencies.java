package dev.fettle.app.serve;

import dev.fettle.core.cache.Cache;
import dev.fettle.core.run.RunQueue;
import dev.fettle.server.api.state.Dependency;
import dev.fettle.server.api.state.Dependency.Condition;
import dev.fettle.server.api.state.Dependency.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the service looks after at a health check.
final class Dependencies {
    private static final long LITTLE_SPACE = 100L << 20;
    private static final int FULL_PERCENT = 95;

    private Dependencies() {}

    /// Those of the service.
    ///
    /// @param more what its runs need besides
    static List<Dependency> of(RunQueue runs, Path workspaces, Cache cache, List<Dependency> more) {
        return Stream.concat(
                        Stream.of(
                                database(runs),
                                named("disk", () -> disk(workspaces)),
                                named("memory", Dependencies::memory),
                                new CacheDependency(cache)),
                        more.stream())
                .toList();
    }

    /// What a process needs that answers nobody.
    static List<Dependency> ofWorker(RunQueue runs) {
        return List.of(database(runs), named("memory", Dependencies::memory));
    }

    private static Dependency database(RunQueue runs) {
        return named(
                "database",
                () -> Condition.up("%s run(s) under way"
                        .formatted(runs.counts().values().stream()
                                .mapToLong(Long::longValue)
                                .sum())));
    }

    /// Without it answers are made anew; no request is better sent elsewhere for that.
    private record CacheDependency(Cache cache) implements Dependency {
        @Override
        public String name() {
            return "cache";
        }

        @Override
        public Level worst() {
            return Level.DEGRADED;
        }

        @Override
        public Condition check() {
            List<Cache.Layer> layers = cache.layers();
            return layers.stream()
                    .flatMap(layer -> layer.trouble().stream())
                    .findFirst()
                    .map(trouble -> new Condition(Level.DEGRADED, trouble))
                    .orElseGet(() ->
                            Condition.up(layers.stream().map(Cache.Layer::name).collect(Collectors.joining(", "))));
        }
    }

    private interface Check {
        Condition look();
    }

    private static Dependency named(String name, Check check) {
        return new Dependency() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Condition check() {
                return check.look();
            }
        };
    }

    private static Condition disk(Path directory) {
        try {
            long free = Files.getFileStore(directory).getUsableSpace();
            if (!Files.isWritable(directory)) {
                return new Condition(Level.DOWN, "%s cannot be written".formatted(directory));
            }
            return new Condition(free < LITTLE_SPACE ? Level.DEGRADED : Level.UP, "%d MB free".formatted(free >> 20));
        } catch (IOException e) {
            return new Condition(Level.DOWN, e.toString());
        }
    }

    private static Condition memory() {
        Runtime runtime = Runtime.getRuntime();
        long used = runtime.totalMemory() - runtime.freeMemory();
        long percent = used * 100 / runtime.maxMemory();
        return new Condition(
                percent >= FULL_PERCENT ? Level.DEGRADED : Level.UP, "%d %% of the heap in use".formatted(percent));
    }
}
