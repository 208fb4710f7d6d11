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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Rewrites a jar's classes to the class-file format of Java 8, code unchanged, with the stack maps that this format
/// has. The JVM's ahead-of-time cache leaves older classes out, and checking them without stack maps is slow: picocli,
/// compiled for Java 5, would cost more CPU at each start than all the rest of the program.
///
/// Run by the build on the copy of the jar that goes into the package: `java ModernClassFiles.java FILE.jar`.
public final class ModernClassFiles {
    private static final int OLDEST_WITH_STACK_MAPS = ClassFile.JAVA_6_VERSION;

    private ModernClassFiles() {}

    public static void main(String[] arguments) throws IOException {
        Path jar = Path.of(arguments[0]);
        ByteArrayOutputStream rewritten = new ByteArrayOutputStream();
        try (URLClassLoader classes = new URLClassLoader(new URL[] {jar.toUri().toURL()});
                ZipFile from = new ZipFile(jar.toFile());
                ZipOutputStream to = new ZipOutputStream(rewritten)) {
            ClassFile format = ClassFile.of(ClassHierarchyResolverOption.of(
                    ClassHierarchyResolver.ofResourceParsing(classes).orElse(ClassHierarchyResolver.defaultResolver())));
            for (ZipEntry entry : from.stream().toList()) {
                byte[] bytes = from.getInputStream(entry).readAllBytes();
                ZipEntry copy = new ZipEntry(entry.getName());
                copy.setTimeLocal(entry.getTimeLocal());
                to.putNextEntry(copy);
                to.write(entry.getName().endsWith(".class") ? modern(bytes, format) : bytes);
                to.closeEntry();
            }
        }
        Files.write(jar, rewritten.toByteArray());
    }

    private static byte[] modern(byte[] bytes, ClassFile format) {
        ClassModel model = format.parse(bytes);
        if (model.majorVersion() >= OLDEST_WITH_STACK_MAPS) {
            return bytes;
        }
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
