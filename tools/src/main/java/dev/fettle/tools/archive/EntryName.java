package dev.fettle.tools.archive;

import dev.fettle.core.workspace.FilePath;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Reads the names of entries. Only those are taken that mean one place below the root on every system; nothing is
/// mended, since whoever looks at the archive with another program would see something else.
final class EntryName {
    private static final int LONGEST_SEGMENT = 255;
    private static final int LONGEST = 1_000;
    private static final int DEEPEST = 100;
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

    private EntryName() {}

    /// The place that a name means; the root for `./`.
    static FilePath read(String name) {
        String path = name.startsWith("./") ? name.substring(2) : name;
        path = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (name.equals(".") || (path.isEmpty() && !name.isEmpty())) {
            return FilePath.ROOT;
        }
        if (path.codePoints().anyMatch(each -> Character.isISOControl(each) || each == 0xFFFD)) {
            throw Refused.entry(name, "has a name with characters that cannot be printed");
        }
        if (path.indexOf('\\') >= 0) {
            throw Refused.entry(name, "has a backslash in its name; names are parted by slashes");
        }
        if (path.startsWith("/") || DRIVE.matcher(path).matches()) {
            throw Refused.entry(name, "has an absolute name; names begin at the root of the workspace");
        }
        List<String> segments = Arrays.asList(path.split("/", -1));
        if (segments.contains("..")) {
            throw Refused.entry(name, "leads out of the workspace");
        }
        if (segments.contains("") || segments.contains(".")) {
            throw Refused.entry(name, "has an empty part in its name");
        }
        if (path.length() > LONGEST
                || segments.size() > DEEPEST
                || segments.stream().anyMatch(each -> bytes(each) > LONGEST_SEGMENT)) {
            throw Refused.entry(name, "has a name that is too long");
        }
        return new FilePath(path);
    }

    private static int bytes(String segment) {
        return segment.getBytes(StandardCharsets.UTF_8).length;
    }

    /// Equal for names that some file system takes for the same.
    static String folded(String path) {
        String composed = Normalizer.normalize(path, Normalizer.Form.NFKC);
        return Normalizer.normalize(composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFKC);
    }
}
