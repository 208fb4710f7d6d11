import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Lays the parsers' libraries for 64-bit Linux beside their jars, so that no start has to unpack them, and
/// takes them out of the jars, with those for Windows, where the launcher does not run. On other machines
/// the jars are unpacked.
///
/// Run by the build on the jars that go into the package: `java NativeLibraries.java LIB`.
public final class NativeLibraries {
    private NativeLibraries() {}

    public static void main(String[] arguments) throws IOException {
        Path lib = Path.of(arguments[0]);
        Path natives = Files.createDirectories(lib.resolve("native").resolve("lib"));
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(lib, "tree-sitter*.jar")) {
            for (Path jar : jars) {
                Files.write(jar, unpacked(jar, natives));
            }
        }
    }

    private static byte[] unpacked(Path jar, Path natives) throws IOException {
        ByteArrayOutputStream rewritten = new ByteArrayOutputStream();
        try (ZipFile from = new ZipFile(jar.toFile());
                ZipOutputStream to = new ZipOutputStream(rewritten)) {
            for (ZipEntry entry : from.stream().toList()) {
                byte[] bytes = from.getInputStream(entry).readAllBytes();
                String name = entry.getName();
                if (name.startsWith("lib/x86_64-linux-")) {
                    Files.write(natives.resolve(name.substring("lib/".length())), bytes);
                } else if (!name.endsWith(".dll")) {
                    ZipEntry copy = new ZipEntry(name);
                    copy.setTimeLocal(entry.getTimeLocal());
                    to.putNextEntry(copy);
                    to.write(bytes);
                    to.closeEntry();
                }
            }
        }
        return rewritten.toByteArray();
    }
}
