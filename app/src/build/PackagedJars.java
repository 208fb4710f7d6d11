import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Makes the libraries of a package quick to start with, their code unchanged:
///
/// - Signatures go. The JVM's ahead-of-time cache leaves signed classes out, and a signature is verified at each start.
/// - Of a manifest stays what the JVM and libraries ask for. All of it is read at each start.
/// - Classes of a format before Java 6 get that of Java 8, with the stack maps that it has. The cache leaves older
///   ones out, and checking them without stack maps is slow: picocli is compiled for Java 5.
/// - The parsers' libraries for 64-bit Linux are laid beside their jars, so that no start has to unpack them. Those for
///   Windows, where the launcher does not run, are left out.
///
/// Run by the build on the copies that go into the package: `java PackagedJars.java LIB`. A second time changes nothing.
public final class PackagedJars {
    private static final int OLDEST_WITH_STACK_MAPS = ClassFile.JAVA_6_VERSION;
    private static final int CLASS_FILE_VERSION_AT = 6;
    private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
    private static final List<Attributes.Name> ASKED_FOR = List.of(
            Attributes.Name.MANIFEST_VERSION,
            Attributes.Name.MULTI_RELEASE,
            Attributes.Name.IMPLEMENTATION_TITLE,
            Attributes.Name.IMPLEMENTATION_VERSION,
            Attributes.Name.IMPLEMENTATION_VENDOR);

    private PackagedJars() {}

    public static void main(String[] arguments) throws IOException {
        Path lib = Path.of(arguments[0]);
        Path natives = Files.createDirectories(lib.resolve("native").resolve("lib"));
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(lib, "*.jar")) {
            for (Path jar : jars) {
                if (!jar.endsWith("fettle.jar")) {
                    rewrite(jar, natives);
                }
            }
        }
    }

    private static void rewrite(Path jar, Path natives) throws IOException {
        ByteArrayOutputStream rewritten = new ByteArrayOutputStream();
        boolean changed = false;
        try (URLClassLoader classes = new URLClassLoader(new URL[] {jar.toUri().toURL()});
                ZipFile from = new ZipFile(jar.toFile());
                ZipOutputStream to = new ZipOutputStream(rewritten)) {
            ClassFile format = ClassFile.of(ClassHierarchyResolverOption.of(
                    ClassHierarchyResolver.ofResourceParsing(classes).orElse(ClassHierarchyResolver.defaultResolver())));
            for (ZipEntry entry : from.stream().toList()) {
                byte[] bytes = from.getInputStream(entry).readAllBytes();
                Optional<byte[]> kept = kept(entry.getName(), bytes, format, natives);
                changed |= kept.isEmpty() || kept.get() != bytes;
                if (kept.isPresent()) {
                    ZipEntry copy = new ZipEntry(entry.getName());
                    copy.setTimeLocal(entry.getTimeLocal());
                    to.putNextEntry(copy);
                    to.write(kept.get());
                    to.closeEntry();
                }
            }
        }
        if (changed) {
            Files.write(jar, rewritten.toByteArray());
        }
    }

    /// What becomes of an entry: the same array if nothing does, nothing if it goes.
    private static Optional<byte[]> kept(String name, byte[] bytes, ClassFile format, Path natives) throws IOException {
        if (name.startsWith("lib/x86_64-linux-")) {
            Files.write(natives.resolve(name.substring("lib/".length())), bytes);
            return Optional.empty();
        }
        if (name.endsWith(".dll") || SIGNATURE.matcher(name).matches()) {
            return Optional.empty();
        }
        if (name.equals(JarFile.MANIFEST_NAME)) {
            return Optional.of(brief(bytes));
        }
        return Optional.of(name.endsWith(".class") ? modern(bytes, format) : bytes);
    }

    private static byte[] brief(byte[] bytes) throws IOException {
        Manifest whole = new Manifest(new ByteArrayInputStream(bytes));
        Manifest brief = new Manifest();
        brief.getMainAttributes().putAll(whole.getMainAttributes());
        brief.getMainAttributes().keySet().retainAll(ASKED_FOR);
        if (brief.equals(whole)) {
            return bytes;
        }
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        brief.write(written);
        return written.toByteArray();
    }

    private static byte[] modern(byte[] bytes, ClassFile format) {
        int version = (bytes[CLASS_FILE_VERSION_AT] & 0xff) << 8 | bytes[CLASS_FILE_VERSION_AT + 1] & 0xff;
        if (version >= OLDEST_WITH_STACK_MAPS) {
            return bytes;
        }
        ClassModel model = format.parse(bytes);
        return format.build(model.thisClass().asSymbol(), built -> {
            // First the version, since stack maps are made for classes that are new enough; and every method body is
            // passed on instruction by instruction, since bodies copied whole get none.
            built.withVersion(ClassFile.JAVA_8_VERSION, 0);
            for (ClassElement element : model) {
                switch (element) {
                    case ClassFileVersion _ -> {}
                    case MethodModel method ->
                        built.transformMethod(
                                method, MethodTransform.transformingCode((body, instruction) -> body.with(instruction)));
                    default -> built.with(element);
                }
            }
        });
    }
}
