package dev.fettle.server.openapi;

import java.util.Arrays;

/// The headings under which operations stand, in the order they are read. A route's path tells which.
enum Chapter {
    RUNS("Runs", "Ask for work, watch it, answer its questions.", "runs", "batch"),
    SESSIONS("Sessions", "What was said and done, one after the other, in one directory.", "sessions"),
    WORKSPACES("Workspaces", "Directories with files to work on.", "workspaces"),
    CHAT("Chat", "Ask and wait for the answer.", "chat"),
    TASKS("Tasks", "Code written, explained and mended.", "generate", "understand", "debug"),
    MEMORY("Memory", "What is to be remembered.", "memory"),
    NUMBERS("Numbers", "What was done, and what it took.", "usage", "stats", "cache"),
    EQUIPMENT("Equipment", "What runs have to work with.", "models", "tools"),
    ACCESS("Access", "Users and their keys.", "me", "users", "keys", "token"),
    HEALTH("Health", "Whether the service serves.", "health", "metrics"),
    DESCRIPTION("Description", "What you are reading.", "openapi.json", "docs"),
    OTHER("More", "What belongs to nothing else.");

    private final String title;
    private final String says;
    /// Each between spaces.
    private final String words;

    Chapter(String title, String says, String... words) {
        this.title = title;
        this.says = says;
        this.words = " %s ".formatted(String.join(" ", words));
    }

    /// Where a route stands: by the first word of its path that is not the same for all.
    static Chapter of(String pattern) {
        String word = pattern.replaceFirst("^/(api/v[0-9]+/)?", "").replaceFirst("/.*", "");
        return Arrays.stream(values())
                .filter(each -> each.words.contains(" " + word + " "))
                .findFirst()
                .orElse(OTHER);
    }

    String title() {
        return title;
    }

    String says() {
        return says;
    }
}
