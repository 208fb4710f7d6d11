package dev.fettle.tools.snapshot;

import dev.fettle.core.session.SessionId;
import dev.fettle.core.snapshot.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;

/// Writes a snapshot as a git commit, for `git log` to show, and reads it back.
final class SnapshotCommit {
    private static final String TREE = "tree ";
    private static final String TAKEN = "Taken: ";
    private static final String LEFT_OUT = "Left-out: ";

    private SnapshotCommit() {}

    static byte[] encode(Snapshot snapshot) {
        String who =
                "Fettle <fettle@localhost> %d +0000".formatted(snapshot.at().getEpochSecond());
        StringBuilder text = new StringBuilder();
        text.append(TREE).append(snapshot.id()).append('\n');
        text.append("author ").append(who).append("\ncommitter ").append(who).append("\n\n");
        text.append("Snapshot of ").append(snapshot.session()).append("\n\n");
        text.append(TAKEN).append(snapshot.at()).append('\n');
        snapshot.leftOut().forEach(each -> text.append(LEFT_OUT).append(each).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    static Snapshot decode(SessionId session, byte[] commit) throws IOException {
        List<String> lines = new String(commit, StandardCharsets.UTF_8).lines().toList();
        try {
            return new Snapshot(
                    session,
                    values(lines, TREE).getFirst(),
                    Instant.parse(values(lines, TAKEN).getFirst()),
                    values(lines, LEFT_OUT));
        } catch (DateTimeException | IllegalArgumentException | NoSuchElementException e) {
            throw new IOException("a commit is not one of a snapshot", e);
        }
    }

    private static List<String> values(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()))
                .toList();
    }
}
