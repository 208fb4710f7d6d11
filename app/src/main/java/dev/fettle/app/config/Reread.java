package dev.fettle.app.config;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What some files say, read again when one of them has changed: for a process that lives long and whose operator
/// edits them meanwhile. Looking costs a few microseconds, reading a thousand.
public final class Reread<T> {
    private final List<File> files;
    private final Supplier<T> reading;
    private volatile Optional<Seen<T>> last = Optional.empty();

    private record Seen<T>(List<Stamp> stamps, T said) {}

    /// Both are 0 for a file that is not there.
    private record Stamp(long modified, long size) {
        static Stamp of(File file) {
            return new Stamp(file.lastModified(), file.length());
        }
    }

    /// What a reading of these files gives.
    ///
    /// @param files need not be there
    public Reread(List<Path> files, Supplier<T> reading) {
        this.files = files.stream().map(Path::toFile).toList();
        this.reading = reading;
    }

    /// What they say now. A reading that fails is tried again the next time.
    public T get() {
        // Before they are read, so that what changes meanwhile is seen the next time.
        List<Stamp> now = files.stream().map(Stamp::of).toList();
        return last.filter(seen -> seen.stamps().equals(now)).map(Seen::said).orElseGet(() -> {
            T said = reading.get();
            last = Optional.of(new Seen<>(now, said));
            return said;
        });
    }
}
