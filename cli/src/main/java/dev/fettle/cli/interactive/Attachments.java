package dev.fettle.cli.interactive;

import dev.fettle.cli.turn.Pictures;
import dev.fettle.core.message.Image;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The pictures that a text names: `@picture.png`, or a path as a terminal writes it when a file is dropped on it.
record Attachments(Path directory) {
    private static final Pattern NAMES =
            Pattern.compile("'([^'\n]+)'|\"([^\"\n]+)\"|(?<!\\S)@?((?:\\\\.|[^\\s\\\\'\"])+)");
    private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg", ".gif", ".webp");

    /// @throws dev.fettle.cli.host.CommandException if one is too large, or only looks like a picture
    List<Image> of(String text) {
        List<Image> pictures = new ArrayList<>();
        for (MatchResult name : NAMES.matcher(text).results().toList()) {
            String path = name.group(1) != null
                    ? name.group(1)
                    : name.group(2) != null ? name.group(2) : name.group(3).replaceAll("\\\\(.)", "$1");
            if (isPicture(path)) {
                pictures.add(Pictures.read(directory, Path.of(path)));
            }
        }
        return pictures;
    }

    private boolean isPicture(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        try {
            return ENDINGS.stream().anyMatch(name::endsWith) && Files.isRegularFile(directory.resolve(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
