package dev.fettle.server.json;

import dev.fettle.core.session.Status;
import dev.fettle.core.user.KeyScope;
import dev.fettle.core.user.Role;
import dev.fettle.core.workflow.Workflow;
import dev.fettle.core.workspace.FileInfo;
import dev.fettle.core.workspace.kept.ArchiveFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What texts stand for that are not just something to read.
public enum TextForm {
    TIME("date-time", "2026-11-21T08:00:00Z"),
    DAY_OR_TIME("day-or-time", "2026-11-21", "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+Z)?$"),
    /// US dollars, exact.
    MONEY("decimal", "0.25", "^[0-9]+(\\.[0-9]+)?$"),
    RUN_ID("run-id", "run_0198f2c47a117bb28f4de1c0a9d35e6b", "^run_[0-9a-f]{32}$"),
    SESSION_ID("session-id", "ses_0198f2c47a117bb28f4de1c0a9d35e6b", "^ses_[0-9a-f]{32}$"),
    USER_ID("user-id", "usr_0198f2c47a117bb28f4de1c0a9d35e6b"),
    /// Of somebody who is there, by id or name.
    USER("user", "ann"),
    /// Of somebody who is to be called so.
    USER_NAME("user-name", "zoe", "^[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}._@+-]{0,63}$"),
    KEY_ID("key-id", "key_0198f2c47a117bb28f4de1c0a9d35e6b"),
    FACT_ID("fact-id", "fact_0198f2c47a117bb28f4de1c0a9d35e6b", "^fact_[0-9a-f]{32}$"),
    MODEL("model", "anthropic/claude-sonnet-5-5"),
    TOOL("tool", "read"),
    /// By its id, or of an operator by its name.
    WORKSPACE("workspace", "shop", "^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$"),
    WORKSPACE_ID("workspace-id", "ws_0198f2c47a117bb28f4de1c0a9d35e6b", "^ws_[0-9a-f]{32}$"),
    WORKSPACE_STATE(Stream.of("preparing", "ready", "failed")),
    /// Of something in a workspace, without a slash before or behind it.
    FILE_PATH("file-path", "src/haiku.txt"),
    FILE_KIND(Arrays.stream(FileInfo.Kind.values()).map(kind -> kind.name().toLowerCase(Locale.ROOT))),
    /// Where a workspace's files came from.
    ORIGIN(Stream.of("nothing", "archive", "git")),
    ARCHIVE_FORMAT(Arrays.stream(ArchiveFormat.values()).map(ArchiveFormat::suffix)),
    GIT_URL("git-url", "https://github.com/owner/project"),
    GIT_REF("git-ref", "main"),
    /// Something that has to be said.
    SAID("prompt", "Count the words of haiku.txt", "\\S"),
    CURSOR("cursor", "cnVuXzAx", "^[A-Za-z0-9_-]*$"),
    /// The number of an event in its session.
    PLACE("place", "42", "^[0-9]{1,18}$"),
    /// How a run stands.
    RUN_STATUS(Stream.concat(
            Stream.of("queued", "ready", "running", "waiting"),
            Arrays.stream(Status.values()).map(Status::word))),
    /// How a turn ended.
    STATUS(Arrays.stream(Status.values()).map(Status::word)),
    /// What a run is for.
    WORKFLOW(Arrays.stream(Workflow.values()).map(Workflow::word)),
    HEALTH(Stream.of("ok", "degraded", "unavailable")),
    SPEAKER(Stream.of("user", "assistant")),
    ROLE(Arrays.stream(Role.values()).map(Role::word)),
    SCOPE(Arrays.stream(KeyScope.values()).map(KeyScope::word));

    private final Optional<String> format;
    private final String example;
    private final Optional<String> pattern;
    /// Parted by spaces.
    private final String words;

    TextForm(String format, String example) {
        this.format = Optional.of(format);
        this.example = example;
        this.pattern = Optional.empty();
        this.words = "";
    }

    TextForm(String format, String example, String pattern) {
        this.format = Optional.of(format);
        this.example = example;
        this.pattern = Optional.of(pattern);
        this.words = "";
    }

    TextForm(Stream<String> words) {
        this.words = words.collect(Collectors.joining(" "));
        this.format = Optional.empty();
        this.example = this.words.split(" ", 2)[0];
        this.pattern = Optional.empty();
    }

    /// Its name in JSON Schema; empty if its words say it all.
    public Optional<String> format() {
        return format;
    }

    public String example() {
        return example;
    }

    /// A regular expression that is found in all of them, if there is one.
    public Optional<String> pattern() {
        return pattern;
    }

    /// All there are, or none if they cannot be listed.
    public List<String> words() {
        return words.isEmpty() ? List.of() : List.of(words.split(" ", -1));
    }
}
