package dev.fettle.tools.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.workspace.kept.ArchiveFormat;
import dev.fettle.core.workspace.kept.KeptWorkspaceException;
import dev.fettle.core.workspace.kept.KeptWorkspaceException.Kind;
import dev.fettle.core.workspace.kept.Quota;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class UnpackerTest {
    private static final Quota USUAL = new Quota(1_000_000, 100);
    private static final ArchiveFormat ZIP = ArchiveFormat.ZIP;
    private static final ArchiveFormat TAR = ArchiveFormat.TAR;
    private static final ArchiveFormat TAR_GZ = ArchiveFormat.TAR_GZ;

    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void resolve() throws IOException {
        directory = directory.toRealPath();
    }

    private Path unpack(byte[] archive, ArchiveFormat format, Quota quota) throws IOException, InterruptedException {
        Path file = Files.write(Files.createTempFile(directory, "archive", ""), archive);
        Path into = Files.createTempDirectory(directory, "into");
        new Unpacker().unpack(file, format, into, quota);
        return into;
    }

    /// An archive and what is said to it.
    ///
    /// @param archive each byte a character
    private record Attack(String name, String archive, ArchiveFormat format, Quota quota, String answer) {
        byte[] bytes() {
            return archive.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private static Attack attack(String name, byte[] archive, ArchiveFormat format, Quota quota, String answer) {
        return new Attack(name, new String(archive, StandardCharsets.ISO_8859_1), format, quota, answer);
    }

    private static Attack zip(String name, Zip zip, String answer) throws IOException {
        return attack(name, zip.bytes(), ZIP, USUAL, answer);
    }

    private static Attack tar(String name, Tar tar, String answer) throws IOException {
        return attack(name, tar.bytes(), TAR, USUAL, answer);
    }

    private static Zip zip() {
        return new Zip();
    }

    private static Tar tar() {
        return new Tar();
    }

    @TestFactory
    Stream<DynamicTest> noHostileArchiveGetsThrough() throws IOException {
        return Stream.of(names(), links(), kinds(), sizes(), damage())
                .flatMap(List::stream)
                .map(attack -> DynamicTest.dynamicTest(attack.name(), () -> {
                    Path outside = Files.createDirectories(directory.resolve("outside"));
                    Files.writeString(outside.resolve("kept"), "as it was");
                    KeptWorkspaceException refusal = assertThrows(
                            KeptWorkspaceException.class,
                            () -> unpack(attack.bytes(), attack.format(), attack.quota()));
                    assertEquals(attack.answer(), refusal.getMessage());
                    assertEquals("as it was", Files.readString(outside.resolve("kept")));
                    assertFalse(Files.exists(directory.resolve("evil")));
                }));
    }

    private static List<Attack> names() throws IOException {
        String out = "The entry `../evil` leads out of the workspace.";
        String absolute = "has an absolute name; names begin at the root of the workspace.";
        String same = "differs from another only by letters that some file systems take for the same.";
        return List.of(
                zip("zip slip", zip().file("ok", "").file("../evil", "x"), out),
                tar("tar slip", tar().file("../evil", "x"), out),
                tar("slip in the middle", tar().file("a/../../evil", "x"), out.replace("../evil", "a/../../evil")),
                tar("slip at the end", tar().file("a/..", "x"), out.replace("../evil", "a/..")),
                zip("absolute zip", zip().file("/etc/evil", "x"), "The entry `/etc/evil` " + absolute),
                tar("absolute tar", tar().file("/etc/evil", "x"), "The entry `/etc/evil` " + absolute),
                tar("drive", tar().file("C:evil", "x"), "The entry `C:evil` " + absolute),
                tar(
                        "backslashes",
                        tar().file("a\\..\\evil", "x"),
                        "The entry `a\\..\\evil` has a backslash in its name; names are parted by slashes."),
                attack(
                        "backslashes from Windows",
                        replaced(zip().file("a_b_c", "").bytes(), "a_b", "a\\b"),
                        ZIP,
                        USUAL,
                        "The entry `a\\b_c` has a backslash in its name; names are parted by slashes."),
                zip(
                        "NUL",
                        zip().file("a\0b", "x"),
                        "The entry `a?b` has a name with characters that cannot be printed."),
                zip(
                        "an escape sequence",
                        zip().file("\u001b[2Jb", "x"),
                        "The entry `?[2Jb` has a name with characters that cannot be printed."),
                zip("empty part", zip().file("a//b", "x"), "The entry `a//b` has an empty part in its name."),
                zip("a dot", zip().file("a/./b", "x"), "The entry `a/./b` has an empty part in its name."),
                zip("no name", zip().file("./", "").file(".", "x"), "The archive has an entry without a name."),
                zip(
                        "too long",
                        zip().file("x".repeat(256), ""),
                        "The entry `" + "x".repeat(200) + "…` has a name that is too long."),
                zip(
                        "too deep",
                        zip().file("a/".repeat(101) + "b", ""),
                        "The entry `" + "a/".repeat(100) + "…` has a name that is too long."),
                zip(
                        "twice",
                        zip().file("a", "1").file("b", "").file("a", "2"),
                        "The entry `a` is in the archive twice."),
                tar("twice in a tar", tar().file("a", "1").file("a", "2"), "The entry `a` is in the archive twice."),
                zip("only by case", zip().file("a/B", "").file("A/c", ""), "The entry `A` " + same),
                zip("only by form", zip().file("\u00e9", "").file("e\u0301", ""), "The entry `e\u0301` " + same),
                tar("a file as a directory", tar().file("a", "").file("a/b", ""), below("a/b")),
                tar(
                        "a directory as a file",
                        tar().file("a/b", "").file("a", ""),
                        "The entry `a` is in the archive twice."));
    }

    private static String below(String name) {
        return "The entry `%s` is below something that is no directory.".formatted(name);
    }

    private static List<Attack> links() throws IOException {
        String out = "The entry `l` is a link that leads out of the workspace.";
        return List.of(
                tar("absolute link", tar().link("l", "/etc/passwd"), out),
                tar("link out", tar().link("l", "../outside/kept"), out),
                tar("deep link out", tar().file("a/b", "").link("a/l", "../../outside"), out.replace("`l`", "`a/l`")),
                tar("through a link", tar().link("l", "../outside").file("l/kept", "gone"), below("l/kept")),
                tar(
                        "before its link",
                        tar().file("l/kept", "").link("l", "../outside"),
                        "The entry `l` is in the archive twice."),
                tar(
                        "two links that lead out together",
                        tar().file("d/e/f", "").link("a", "d/e").link("l", "a/../../.."),
                        out),
                tar("a link replaced", tar().link("l", "a").file("l", "x"), "The entry `l` is in the archive twice."),
                tar("in a circle", tar().link("l", "m").link("m", "l"), "The entry `l` is a link that leads nowhere."),
                tar(
                        "hard link out",
                        tar().hardLink("l", "../outside/kept"),
                        "The entry `../outside/kept` leads out of the workspace."),
                tar(
                        "hard link to an absolute name",
                        tar().hardLink("l", "/etc/passwd"),
                        "The entry `/etc/passwd` has an absolute name; names begin at the root of the workspace."),
                tar(
                        "hard link to a link",
                        tar().link("a", "b").hardLink("l", "a"),
                        "The entry `l` is a hard link to no file that comes before it."),
                zip("zip with a link out", zip().mode("l", 0120777, "../outside"), out),
                zip(
                        "zip with an empty link",
                        zip().mode("l", 0120777, ""),
                        "The entry `l` is a link to nothing that can be named."));
    }

    private static List<Attack> kinds() throws IOException {
        String device = "The entry `d` is a device or a pipe.";
        String setUid = "The entry `d` would run as somebody else (setuid, setgid).";
        return List.of(
                tar("character device", tar().kind("d", TarConstants.LF_CHR), device),
                tar("block device", tar().kind("d", TarConstants.LF_BLK), device),
                tar("pipe", tar().kind("d", TarConstants.LF_FIFO), device),
                tar("unknown", tar().kind("d", (byte) 'Z'), "The entry `d` is of a kind that is not known here."),
                tar("setuid", tar().file("d", "", 04755), setUid),
                tar("setgid", tar().file("d", "", 02755), setUid),
                zip("setuid in a zip", zip().mode("d", 0104755, ""), setUid),
                zip("device in a zip", zip().mode("d", 0020644, ""), "The entry `d` is a device, a pipe or a socket."));
    }

    private static List<Attack> sizes() throws IOException {
        String many = "The archive has more than the 3 files that are taken.";
        String large = "The archive unpacks to more than the %s bytes that are taken, or to suspiciously many more than"
                + " it has itself.";
        Quota few = new Quota(1_000, 3);
        String zeros = "\0".repeat(2_000);
        return List.of(
                attack("too many files", zip().file("a/b/c", "").file("a/d", "").bytes(), ZIP, few, many),
                attack("too much", zip().file("a", zeros).bytes(), ZIP, few, large.formatted("1,000")),
                attack("too much in a tar", tar().file("a", zeros).packed(), TAR_GZ, few, large.formatted("1,000")),
                attack(
                        "hard links that add up",
                        tar().file("a", "\0".repeat(600)).hardLink("b", "a").bytes(),
                        TAR,
                        few,
                        large.formatted("1,000")),
                attack(
                        "a bomb",
                        zip().entry("a", new byte[70 << 20], _ -> {}).bytes(),
                        ZIP,
                        Quota.NONE,
                        large.formatted("67,108,864")),
                attack(
                        "a name that is a bomb",
                        Tar.packed(longName(64 << 20)),
                        TAR_GZ,
                        Quota.NONE,
                        "The archive has an entry whose name or attributes are too long."),
                attack(
                        "a directory that is a bomb",
                        manyEntries(40_000),
                        ZIP,
                        Quota.NONE,
                        "The archive lists too many entries, or too long ones."));
    }

    /// A header as GNU tar writes for a name that does not fit, and the name.
    private static byte[] longName(int size) throws IOException {
        byte[] tar = new Tar().file("././@LongLink", "").bytes();
        byte[] long_ = Arrays.copyOf(tar, 512 + size);
        long_[156] = 'L';
        byte[] octal = "%011o".formatted(size).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(octal, 0, long_, 124, octal.length);
        Arrays.fill(long_, 148, 156, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += long_[i] & 0xff;
        }
        byte[] check = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(check, 0, long_, 148, check.length);
        Arrays.fill(long_, 512, long_.length, (byte) 'x');
        return long_;
    }

    private static byte[] manyEntries(int count) throws IOException {
        Zip zip = new Zip();
        String name = "x".repeat(200) + "/" + "y".repeat(200) + "/";
        for (int i = 0; i < count; i++) {
            zip.file(name + i, "");
        }
        return zip.bytes();
    }

    private static List<Attack> damage() throws IOException {
        byte[] noise = "this is no archive at all".repeat(100).getBytes(StandardCharsets.UTF_8);
        byte[] zip = zip().entry("a", "some text".repeat(50).getBytes(StandardCharsets.UTF_8), _ -> {})
                .bytes();
        byte[] lying = zip.clone();
        int directory = indexOf(lying, "PK\1\2");
        lying[directory + 24] = 1;
        lying[directory + 25] = 0;
        byte[] flipped = zip().entry("a", new byte[] {1, 2, 3, 4}, entry -> entry.setMethod(8))
                .bytes();
        flipped[indexOf(flipped, "PK\1\2") + 16] ^= 1;
        byte[] cut = Arrays.copyOf(tar().file("a", "x".repeat(5_000)).bytes(), 2_000);
        byte[] cutGzip = tar().file("a", "x".repeat(5_000)).packed();
        return List.of(
                attack("no zip", noise, ZIP, USUAL, "The archive is no zip, or damaged."),
                attack("no tar", noise, TAR, USUAL, "The archive is no tar, or damaged."),
                attack("no gzip", noise, TAR_GZ, USUAL, "The archive is not packed with gzip, or damaged."),
                attack("nothing", new byte[0], TAR, USUAL, "The archive is empty, or no tar."),
                attack("no zip either", new byte[0], ZIP, USUAL, "The archive is no zip, or damaged."),
                attack("a lying size", lying, ZIP, USUAL, "The entry `a` is not as long as it says, or damaged."),
                attack("another sum", flipped, ZIP, USUAL, "The entry `a` is not as long as it says, or damaged."),
                attack("cut off", cut, TAR, USUAL, "The archive is damaged."),
                attack(
                        "cut off and packed",
                        Arrays.copyOf(cutGzip, cutGzip.length - 30),
                        TAR_GZ,
                        USUAL,
                        "The archive is no tar, or damaged."));
    }

    private static byte[] replaced(byte[] bytes, String what, String by) {
        return new String(bytes, StandardCharsets.ISO_8859_1).replace(what, by).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static int indexOf(byte[] bytes, String what) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(what);
    }

    @Test
    void anHonestArchiveIsUnpacked() throws Exception {
        byte[] zip = zip().mode("bin/", 0040755, "")
                .mode("bin/run", 0100755, "#!/bin/sh\n")
                .file("a/b/ü.txt", "text")
                .mode("link", 0120777, "a/b")
                .bytes();
        byte[] tar = tar().kind("./", TarConstants.LF_DIR)
                .file("./bin/run", "#!/bin/sh\n", 0755)
                .file("./a/b/ü.txt", "text")
                .hardLink("again", "./a/b/ü.txt")
                .link("./link", "a/../a/b")
                .link("./dangling", "nothing")
                .packed();
        for (Path into : List.of(unpack(zip, ZIP, USUAL), unpack(tar, TAR_GZ, USUAL))) {
            assertEquals("#!/bin/sh\n", Files.readString(into.resolve("bin/run")));
            assertTrue(Files.isExecutable(into.resolve("bin/run")));
            assertFalse(Files.isExecutable(into.resolve("a/b/ü.txt")));
            assertEquals("text", Files.readString(into.resolve("link/ü.txt")));
        }
    }

    @Test
    void whatIsTooLargeIsToldApartFromWhatIsRefused() throws IOException {
        byte[] archive = zip().file("a", "0123456789").bytes();
        KeptWorkspaceException refusal =
                assertThrows(KeptWorkspaceException.class, () -> unpack(archive, ZIP, new Quota(9, 9)));
        assertEquals(Kind.TOO_LARGE, refusal.kind());
    }

    @Test
    void whoeverWaitsNoLongerStopsIt() throws IOException {
        byte[] archive = tar().file("a", "x".repeat(100_000)).bytes();
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> unpack(archive, TAR, USUAL));
        assertFalse(Thread.interrupted());
    }
}
