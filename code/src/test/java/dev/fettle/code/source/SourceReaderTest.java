package dev.fettle.code.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SourceReaderTest {

    @Test
    void aBrokenFileYieldsWhatItHas() throws Exception {
        Outline outline = outlined(Language.JAVA, """
                class Whole {
                    void before() {}
                    void broken( { if (
                    void after() { before(); }
                }
                """);
        assertTrue(outline.hasError());
        List<String> names = outline.symbols().stream().map(Symbol::name).toList();
        assertTrue(names.contains("before"), names.toString());
        assertTrue(outline.references().stream().anyMatch(each -> each.name().equals("before")));
    }

    @Test
    void noiseYieldsNothingAndHarmsNobody() throws Exception {
        for (Language language : Language.values()) {
            Reading reading = read(language, "\u0001)}]>'\"`(((((( \uD83D\uDE00 @@@ <<<< {{{{\n".repeat(50));
            assertInstanceOf(Reading.Outlined.class, reading, language.word());
        }
    }

    @Test
    void anEmptyFileHasNoLines() throws Exception {
        assertEquals(new Outline(Language.GO, 0, List.of(), List.of(), List.of(), false), outlined(Language.GO, ""));
    }

    @Test
    void whatIsNoSourceIsSkippedWithAReason() throws Exception {
        Map<String, String> reasons = Map.of(
                "var a=1;".repeat(1000),
                "its lines are so long that it is minified or data",
                "x\0y",
                "it is binary",
                "a\n".repeat(SourceReader.MOST_BYTES),
                "it is larger than 1024 KB");
        for (Map.Entry<String, String> each : reasons.entrySet()) {
            assertEquals(new Reading.Skipped(each.getValue()), read(Language.JAVASCRIPT, each.getKey()));
        }
    }

    @Test
    void aParserThatTakesTooLongIsStopped() throws Exception {
        try (SourceReader reader = new SourceReader(Duration.ZERO)) {
            String source = "class A { void a() { b(); } }\n".repeat(1000);
            assertEquals(new Reading.Skipped("it takes too long to parse"), reader.read(Language.JAVA, bytes(source)));
            assertInstanceOf(Reading.Outlined.class, reader.read(Language.JAVA, bytes("")));
        }
    }

    @Test
    void anInterruptStopsTheParserAndLeavesItUsable() throws Exception {
        try (SourceReader reader = new SourceReader()) {
            byte[] source = bytes("class A { void a() { b(); } }\n".repeat(1000));
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, () -> reader.read(Language.JAVA, source));
            assertInstanceOf(Reading.Outlined.class, reader.read(Language.JAVA, source));
        }
    }

    @Test
    void deepNestingDoesNotOverflow() throws Exception {
        String deep = "(".repeat(10_000) + "1" + ")".repeat(10_000);
        assertInstanceOf(
                Reading.Outlined.class, read(Language.PYTHON, "x = \\\n" + deep.replaceAll("(.{100})", "$1\n")));
    }

    @Test
    void signaturesAreOneLineWithoutAnnotations() throws Exception {
        Outline outline = outlined(Language.JAVA, """
                class A {
                    @Deprecated(since = "1)")
                    @Override
                    public int total(
                            String first,
                            String second)
                            throws Exception {
                        return 1;
                    }
                }
                """);
        assertEquals(
                "public int total( String first, String second) throws Exception",
                outline.symbols().getLast().signature());
    }

    @Test
    void aLongAnnotationTakesLittleStack() throws Exception {
        String source =
                "class A {\n    @Described(\"a\", b = %s)\n    void a() {}\n}\n".formatted("x + ".repeat(400) + "y");
        List<Outline> found = new ArrayList<>();
        Thread small = Thread.ofPlatform().stackSize(256 * 1024).start(() -> {
            try {
                found.add(outlined(Language.JAVA, source));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        small.join();
        assertEquals(
                List.of("class A", "void a()"),
                found.getFirst().symbols().stream().map(Symbol::signature).toList());
    }

    private static Outline outlined(Language language, String source) throws InterruptedException {
        return assertInstanceOf(Reading.Outlined.class, read(language, source)).outline();
    }

    private static Reading read(Language language, String source) throws InterruptedException {
        try (SourceReader reader = new SourceReader()) {
            return reader.read(language, bytes(source));
        }
    }

    private static byte[] bytes(String source) {
        return source.getBytes(StandardCharsets.UTF_8);
    }
}
