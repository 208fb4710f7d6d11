package dev.fettle.cli.turn;

import dev.fettle.cli.host.CommandException;
import dev.fettle.core.message.Image;
import java.io.IOException;
import java.io.InputStream;
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
        try (InputStream in = Files.newInputStream(directory.resolve(file))) {
            // No more than that: whatever is as large as a disk may be named so.
            byte[] bytes = in.readNBytes(Image.MOST_BYTES + 1);
            if (bytes.length > Image.MOST_BYTES) {
                throw CommandException.usage("`%s` has more than the %,d bytes that models read; make a smaller copy."
                        .formatted(file, Image.MOST_BYTES));
            }
            return Image.of(bytes)
                    .orElseThrow(() -> CommandException.usage(
                            "`%s` is no picture that models read; give a PNG, JPEG, GIF or WebP file."
                                    .formatted(file)));
        } catch (IOException e) {
            throw CommandException.usage("The picture `%s` cannot be read: %s".formatted(file, e));
        }
    }
}
