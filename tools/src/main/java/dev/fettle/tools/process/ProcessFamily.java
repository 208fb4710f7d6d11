package dev.fettle.tools.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// Everything one command started, wherever it has gone, so that it can be killed.
///
/// A process leaves its parent by outliving it, and its session by calling `setsid`; a daemon does both. What it
/// does not shed by accident is its environment and its resource limits: a mark in either is inherited. So on
/// Linux a process belongs to the command if it is in the command's session or process group, if it carries one
/// of the marks, or if its parent belongs. Killing and looking are repeated until nothing is found, because a
/// process may fork in between.
///
/// The limit marked is the soft one on POSIX message queues: few programs use them, and what is left is more than
/// half of the default. It is there for servers that write their title over their environment and for
/// `env -i`. A process that goes out of its way to shed all of this is held only by a PID namespace, as a
/// sandbox has. Where there is no `/proc`, only descendants are found.
final class ProcessFamily {
    private static final String MARK = "FETTLE_COMMAND";
    private static final boolean HAS_PROC = Files.isReadable(Path.of("/proc/self/stat"));
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(1);

    private static final int LOWEST_LIMIT = 500_000;
    private static final int HIGHEST_LIMIT = 819_200;

    private final String mark;
    private final int limitMark;
    /// Processes that started before this, in clock ticks since boot, cannot belong.
    private final long since;

    private ProcessFamily(UUID id, long since) {
        this.mark = id.toString();
        this.limitMark = LOWEST_LIMIT + Math.floorMod(id.hashCode(), HIGHEST_LIMIT - LOWEST_LIMIT);
        this.since = since;
    }

    /// To be called before the command is started.
    static ProcessFamily starting() {
        return new ProcessFamily(UUID.randomUUID(), HAS_PROC ? ticksSinceBoot() : 0);
    }

    /// What the command's environment has to carry.
    Map<String, String> mark() {
        return Map.of(MARK, mark);
    }

    /// The script, marking itself first. It stays on its line, so that messages name the lines as written.
    String marked(String script) {
        return HAS_PROC ? "ulimit -S -q %d 2>/dev/null; %s".formatted(limitMark, script) : script;
    }

    /// Kills whatever is left, and gives up after a while on what cannot be killed.
    void end(Process leader) {
        long until = System.nanoTime() + LONGEST.toNanos();
        while (true) {
            List<ProcessHandle> left = members(leader);
            if (left.isEmpty() || System.nanoTime() > until) {
                return;
            }
            left.forEach(ProcessHandle::destroyForcibly);
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private List<ProcessHandle> members(Process leader) {
        if (!HAS_PROC) {
            return Stream.concat(Stream.of(leader.toHandle()), leader.descendants())
                    .filter(ProcessHandle::isAlive)
                    .toList();
        }
        List<Stat> candidates = candidates();
        Set<Long> found = new HashSet<>();
        if (leader.isAlive()) {
            found.add(leader.pid());
        }
        for (Stat stat : candidates) {
            if (stat.session() == leader.pid() || stat.group() == leader.pid() || hasMark(stat.pid())) {
                found.add(stat.pid());
            }
        }
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Stat stat : candidates) {
                grown |= found.contains(stat.parent()) && found.add(stat.pid());
            }
        }
        return found.stream().map(ProcessHandle::of).flatMap(Optional::stream).toList();
    }

    private List<Stat> candidates() {
        String[] names = new File("/proc").list();
        List<Stat> candidates = new ArrayList<>();
        for (String name : names == null ? new String[0] : names) {
            if (Character.isDigit(name.charAt(0))) {
                Stat.read(name)
                        .filter(stat -> stat.isAlive() && stat.started() >= since)
                        .ifPresent(candidates::add);
            }
        }
        return candidates;
    }

    private boolean hasMark(long pid) {
        // In the limits, the soft one comes first; the hard one, which the mark leaves as it is, follows.
        return read(pid, "environ").contains(MARK + "=" + mark)
                || read(pid, "limits").replaceAll(" +", " ").contains("Max msgqueue size %d ".formatted(limitMark));
    }

    /// Every byte is a character in Latin-1, so that words can be looked for whatever is around them.
    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/" + file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    /// The kernel counts a process's start in hundredths of a second, on every architecture that Java runs on.
    private static long ticksSinceBoot() {
        try {
            String uptime = Files.readString(Path.of("/proc/uptime"));
            return (long) (Double.parseDouble(uptime.substring(0, uptime.indexOf(' '))) * 100) - 2;
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }

    /// What `/proc/PID/stat` says, see proc(5).
    private record Stat(long pid, char state, long parent, long group, long session, long started) {
        static Optional<Stat> read(String pid) {
            try {
                String line = Files.readString(Path.of("/proc", pid, "stat"), StandardCharsets.ISO_8859_1);
                // The name, in parentheses, may itself contain spaces and parentheses.
                String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", 21);
                return Optional.of(new Stat(
                        Long.parseLong(pid),
                        fields[0].charAt(0),
                        Long.parseLong(fields[1]),
                        Long.parseLong(fields[2]),
                        Long.parseLong(fields[3]),
                        Long.parseLong(fields[19])));
            } catch (IOException | RuntimeException e) {
                return Optional.empty();
            }
        }

        /// A zombie is dead and waits for its parent.
        boolean isAlive() {
            return state != 'Z' && state != 'X';
        }
    }
}
