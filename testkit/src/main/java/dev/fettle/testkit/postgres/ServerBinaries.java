package dev.fettle.testkit.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Objects;
import org.tukaani.xz.XZInputStream;

/// The PostgreSQL server as it comes in an archive on the class path.
final class ServerBinaries {
    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";

    private ServerBinaries() {}

    static void extractTo(Path directory) throws IOException {
        Process tar = new ProcessBuilder("tar", "-x", "--no-same-owner", "-C", directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (InputStream archive =
                        new XZInputStream(Objects.requireNonNull(ServerBinaries.class.getResourceAsStream(ARCHIVE)));
                OutputStream input = tar.getOutputStream()) {
            archive.transferTo(input);
        }
        if (tar.onExit().join().exitValue() != 0) {
            throw new IOException("its archive cannot be unpacked to " + directory);
        }
    }
}
