package dev.fettle.code.runner;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/// A copy of the working tree, in bash: what git does not keep but tests need is linked, its history is left out.
public final class WorkingCopy {
    /// Defines `copy_tree FROM TO`; `TO` is made if it is not there.
    public static final String SCRIPT = """
            copy_tree() {
              mkdir -p -- "$2" && tar -C "$1" --exclude=./.git --exclude=node_modules --exclude=./.venv \\
                --exclude=./venv --exclude=__pycache__ -cf - . | tar -C "$2" -xf - || return 1
              for each in node_modules .venv venv; do
                if [ -e "$1/$each" ]; then ln -s -- "$1/$each" "$2/$each"; fi
              done
            }
            """;

    private WorkingCopy() {}

    /// Text on its way into a script, where `base64 -d | gzip -d` finds it: a script is one argument, of 128 KiB at
    /// most.
    public static String packed(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zipped = new GZIPOutputStream(bytes)) {
            zipped.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(bytes.toByteArray());
    }
}
