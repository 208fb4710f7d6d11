package dev.fettle.cli.turn;

import dev.fettle.cli.host.CommandException;
import dev.fettle.core.message.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads pictures that a person names.
public final class Pictures {
    private Pictures() {}

    /// The picture in a file.
    ///
    /// @param directory where relative paths begin
    /// @throws CommandException if it is none that models read
    public static Image read(Path directory, Path file) {
        try {
            return Image.of(Files.readAllBytes(directory.resolve(file)))
                    .orElseThrow(() -> CommandException.usage(
                            "`%s` is no picture that models read; give a PNG, JPEG, GIF or WebP file."
                                    .formatted(file)));
        } catch (IOException e) {
            throw CommandException.usage("The picture `%s` cannot be read: %s".formatted(file, e));
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("`%s`: %s".formatted(file, e.getMessage()));
        }
    }
}
