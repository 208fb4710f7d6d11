package dev.fettle.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A provider from a jar that somebody else has made: here, compiled and packed by the test.
@Timeout(120)
class PluginTest {
    private static final String SOURCE = """
            import dev.fettle.core.message.*;
            import dev.fettle.core.model.*;
            import dev.fettle.core.usage.Usage;
            import java.util.*;

            public final class Parrot implements ProviderPlugin {
                public String name() { return "NAME"; }

                public ModelProvider connect(String id, Map<String, String> environment) {
                    if (!environment.containsKey("PARROT_KEY")) {
                        throw new IllegalArgumentException("PARROT_KEY is not set.");
                    }
                    return (request, deltas) -> new ModelResponse(
                            new Message.Assistant(List.of(new ContentBlock.Text("I am " + id + "."))),
                            StopReason.END,
                            new Usage(10, 0, 0, 2, 0));
                }
            }
            """;
    private static final String SERVICE = "META-INF/services/dev.fettle.core.model.ProviderPlugin";

    @TempDir
    private Path directory = Path.of("");

    private Installation fettle;
    private Path plugins = Path.of("");

    @BeforeEach
    void install() throws IOException {
        fettle = new Installation(directory);
        plugins = Files.createDirectory(fettle.home.resolve("plugins"));
    }

    private void jar(String file, String name, String service) throws IOException {
        Path classes = Files.createTempDirectory(directory, "classes");
        JavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///Parrot.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return SOURCE.replace("NAME", name);
                    }
                };
        assertTrue(ToolProvider.getSystemJavaCompiler()
                .getTask(
                        null,
                        null,
                        null,
                        List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none"),
                        null,
                        List.of(source))
                .call());
        Path jar = plugins.resolve(file);
        Files.createDirectories(jar.resolveSibling(""));
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            entries.putNextEntry(new JarEntry("Parrot.class"));
            entries.write(Files.readAllBytes(classes.resolve("Parrot.class")));
            entries.putNextEntry(new JarEntry(SERVICE));
            entries.write(service.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void itsModelsAreUsedLikeAnyOther() throws IOException {
        jar("parrot.jar", "parrot", "Parrot");
        fettle.environment.put("PARROT_KEY", "cracker");
        assertEquals(0, fettle.type("run", "--model", "parrot/polly", "who are you?"), fettle.err);
        assertEquals("I am polly.\n", fettle.out);
        fettle.type("doctor");
        assertTrue(fettle.out.contains("models parrot/…"), fettle.out);
    }

    @Test
    void aPluginMayBeADirectoryOfJars() throws IOException {
        jar("birds/parrot.jar", "parrot", "Parrot");
        fettle.environment.put("PARROT_KEY", "cracker");
        assertEquals(0, fettle.type("run", "--model", "parrot/jack", "who are you?"), fettle.err);
        assertEquals("I am jack.\n", fettle.out);
    }

    @Test
    void whatItNeedsIsSaid() throws IOException {
        jar("parrot.jar", "parrot", "Parrot");
        assertEquals(3, fettle.type("run", "--model", "parrot/polly", "who are you?"));
        assertTrue(fettle.err.contains("The plugin for parrot says: PARROT_KEY is not set."), fettle.err);
    }

    @Test
    void brokenPluginsAreNamedAndHarmNobody() throws IOException {
        jar("a-no-service.jar", "one", "# nobody");
        jar("b-no-class.jar", "two", "Nobody");
        jar("c-taken.jar", "anthropic", "Parrot");
        jar("d-good.jar", "parrot", "Parrot");
        jar("e-twice.jar", "parrot", "Parrot");
        jar("f-odd.jar", "A B", "Parrot");
        Files.writeString(plugins.resolve("g-text.jar"), "no jar");
        fettle.environment.put("PARROT_KEY", "cracker");
        assertEquals(0, fettle.type("run", "--model", "parrot/polly", "who are you?"), fettle.err);
        fettle.type("doctor");
        for (String complaint : List.of(
                "a-no-service.jar: it names no class",
                "b-no-class.jar: it cannot be loaded",
                "c-taken.jar: there is another provider called `anthropic`",
                "e-twice.jar: there is another provider called `parrot`",
                "f-odd.jar: `A B` is no name",
                "g-text.jar: it")) {
            assertTrue(fettle.out.contains(complaint), complaint + " in " + fettle.out);
        }
    }

    @Test
    void nothingIsLoadedFromAProject() throws IOException {
        jar("parrot.jar", "parrot", "Parrot");
        Path project = Files.createDirectories(fettle.project.resolve(".fettle/plugins"));
        Files.move(plugins.resolve("parrot.jar"), project.resolve("parrot.jar"));
        assertEquals(2, fettle.type("run", "--model", "parrot/polly", "who are you?"));
        assertTrue(fettle.err.contains("names the provider `parrot`"), fettle.err);
    }
}
