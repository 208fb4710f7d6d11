import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Tries mutants of Java programs: each is compiled in memory and loaded, with all of the project, by a loader of its own. */
class Worker {
    private static final int MOST_STUCK = 2;
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    private final String mark = System.getenv("FETTLE_MARK");
    private final Path tree = Path.of(System.getenv("FETTLE_TREE"));
    private final long limit = Long.parseLong(System.getenv("FETTLE_LIMIT"));
    private final List<Path> directories =
            Arrays.stream(System.getenv("FETTLE_CLASSES").split(File.pathSeparator)).map(Path::of).toList();
    private final PrintStream out = System.out;
    private final Set<String> tests = new LinkedHashSet<>();
    private final StandardJavaFileManager files = COMPILER.getStandardFileManager(d -> {}, null, null);
    private int stuck;

    public static void main(String[] arguments) throws Exception {
        Worker worker = new Worker();
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        System.setOut(nowhere);
        System.setErr(nowhere);
        worker.work();
        Runtime.getRuntime().halt(0);
    }

    private void work() throws Exception {
        Arrays.stream(System.getenv("FETTLE_STAGES").split("\n")).filter(each -> !each.isBlank()).forEach(tests::add);
        for (Path directory : directories) {
            try (Stream<Path> found = Files.walk(directory)) {
                found.map(each -> directory.relativize(each).toString().replace(File.separatorChar, '.'))
                        .filter(each -> each.matches("(?:.*\\.)?(?:Test[^.$]*|[^.$]*(?:Test|Tests|TestCase))\\.class"))
                        .map(each -> each.substring(0, each.length() - ".class".length()))
                        .sorted()
                        .forEach(tests::add);
            }
        }
        for (String line : Files.readAllLines(Path.of(System.getenv("FETTLE_PLAN")))) {
            String[] parts = line.split("\t", -1);
            String verdict = judged(parts[1], parts.length > 2 ? parts[2] : "");
            out.println(mark + " " + parts[0] + " " + verdict);
            out.flush();
            if (verdict.equals("pass") || stuck >= MOST_STUCK) {
                Runtime.getRuntime().halt(0);
            }
        }
    }

    private String judged(String path, String edits) throws Exception {
        byte[] text = Files.readAllBytes(tree.resolve(path));
        List<String> list = edits.isEmpty() ? List.of() : Arrays.asList(edits.split(";"));
        for (int i = list.size() - 1; i >= 0; i--) {
            String[] edit = list.get(i).split(",", -1);
            text = edited(text, Integer.parseInt(edit[0]), Integer.parseInt(edit[1]), Base64.getDecoder().decode(edit[2]));
        }
        Map<String, byte[]> classes = edits.isEmpty()
                ? Map.of()
                : compiled(path, new String(text, StandardCharsets.UTF_8));
        if (classes == null) {
            return "broken";
        }
        String[] verdict = {"fail"};
        Thread thread = new Thread(() -> verdict[0] = passes(classes) ? "pass" : "fail");
        thread.setDaemon(true);
        thread.start();
        thread.join(limit);
        if (thread.isAlive()) {
            thread.interrupt();
            stuck++;
            return "hung";
        }
        return verdict[0];
    }

    private static byte[] edited(byte[] text, int start, int end, byte[] replacement) {
        ByteArrayOutputStream edited = new ByteArrayOutputStream();
        edited.write(text, 0, start);
        edited.writeBytes(replacement);
        edited.write(text, end, text.length - end);
        return edited.toByteArray();
    }

    private boolean passes(Map<String, byte[]> classes) {
        try {
            ClassLoader loader = new Fresh(directories, classes);
            Thread.currentThread().setContextClassLoader(loader);
            long passed = 0;
            for (String test : tests) {
                LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(loader.loadClass(test)))
                        .build();
                SummaryGeneratingListener listener = new SummaryGeneratingListener();
                LauncherFactory.create().execute(request, listener);
                if (listener.getSummary().getTotalFailureCount() > 0) {
                    return false;
                }
                passed += listener.getSummary().getTestsSucceededCount();
            }
            return passed > 0;
        } catch (Throwable e) {
            return false;
        }
    }

    private static final class Fresh extends ClassLoader {
        private final List<Path> directories;
        private final Map<String, byte[]> classes;

        Fresh(List<Path> directories, Map<String, byte[]> classes) {
            super(Worker.class.getClassLoader());
            this.directories = directories;
            this.classes = classes;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = classes.get(name);
            for (int i = 0; bytes == null && i < directories.size(); i++) {
                bytes = read(directories.get(i).resolve(name.replace('.', '/') + ".class"));
            }
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }

        @Override
        protected URL findResource(String name) {
            for (Path each : directories) {
                if (Files.exists(each.resolve(name))) {
                    try {
                        return each.resolve(name).toUri().toURL();
                    } catch (MalformedURLException e) {
                        return null;
                    }
                }
            }
            return null;
        }

        private static byte[] read(Path file) {
            try {
                return Files.readAllBytes(file);
            } catch (IOException e) {
                return null;
            }
        }
    }

    /** What the compiler makes of a file; null if it makes nothing. */
    private Map<String, byte[]> compiled(String path, String text) {
        Map<String, ByteArrayOutputStream> made = new HashMap<>();
        JavaFileManager memory = new ForwardingJavaFileManager<>(files) {
            @Override
            public JavaFileObject getJavaFileForOutput(
                    Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
                return new SimpleJavaFileObject(URI.create("memory:///" + name.replace('.', '/')), kind) {
                    @Override
                    public OutputStream openOutputStream() {
                        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                        made.put(name, bytes);
                        return bytes;
                    }
                };
            }
        };
        String name = path.substring(path.lastIndexOf('/') + 1);
        JavaFileObject source = new SimpleJavaFileObject(URI.create("memory:///" + name), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignored) {
                return text;
            }
        };
        List<String> options = new ArrayList<>(List.of("-proc:none", "-nowarn", "-implicit:none", "-cp"));
        options.add(System.getenv("FETTLE_CLASSES") + File.pathSeparator + System.getProperty("java.class.path"));
        boolean isGood = COMPILER.getTask(Writer.nullWriter(), memory, d -> {}, options, null, List.of(source)).call();
        Map<String, byte[]> classes = new HashMap<>();
        made.forEach((each, bytes) -> classes.put(each, bytes.toByteArray()));
        return isGood ? classes : null;
    }
}
