package dev.fettle.core.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fettle.core.permission.Permission;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RecordToolTest {
    enum Mode {
        FAST,
        thorough
    }

    record Point(int line, Optional<String> note) {}

    record Arguments(
            @Describe("The file to look at.") String path,
            @Describe("How many lines.") int limit,
            @Describe("How to go about it.") Optional<Mode> mode,
            Optional<List<String>> globs,
            List<Point> points,
            boolean deep,
            Optional<Long> offset) {
        public Arguments {
            if (limit < 0) {
                throw new IllegalArgumentException("`limit` cannot be negative: " + limit);
            }
        }
    }

    private static final String EXPECTED =
            "Arguments: path (string), limit (integer), mode (one of FAST|thorough, optional),"
                    + " globs (list, optional), points (list), deep (boolean), offset (integer, optional).";

    private static Arguments decode(String json) {
        return RecordArguments.decode("look", Arguments.class, json);
    }

    private static String refusal(String json) {
        return assertThrows(ToolException.class, () -> decode(json)).getMessage();
    }

    @Test
    void derivesTheSchemaFromTheRecord() {
        assertEquals("""
                {"type":"object","properties":{\
                "path":{"type":"string","description":"The file to look at."},\
                "limit":{"type":"integer","description":"How many lines."},\
                "mode":{"type":"string","enum":["FAST","thorough"],"description":"How to go about it."},\
                "globs":{"type":"array","items":{"type":"string"}},\
                "points":{"type":"array","items":{"type":"object","properties":{\
                "line":{"type":"integer"},"note":{"type":"string"}},\
                "required":["line"],"additionalProperties":false}},\
                "deep":{"type":"boolean"},\
                "offset":{"type":"integer"}},\
                "required":["path","limit","points","deep"],"additionalProperties":false}""", RecordSchema.of(Arguments.class));
    }

    @Test
    void aRecordThatAModelCannotFillIsABug() {
        record Impossible(Object anything) {}

        assertEquals(
                "A tool's arguments cannot contain class java.lang.Object",
                assertThrows(IllegalArgumentException.class, () -> RecordSchema.of(Impossible.class))
                        .getMessage());
    }

    @Test
    void decodesEveryKindOfArgument() {
        assertEquals(
                new Arguments(
                        "a.txt",
                        3,
                        Optional.of(Mode.thorough),
                        Optional.of(List.of("*.java", "*.md")),
                        List.of(new Point(1, Optional.of("here")), new Point(2, Optional.empty())),
                        true,
                        Optional.of(5_000_000_000L)),
                decode("""
                        {"path": "a.txt", "limit": 3, "mode": "thorough", "globs": ["*.java", "*.md"],
                         "points": [{"line": 1, "note": "here"}, {"line": 2}], "deep": true, "offset": 5000000000}
                        """));
    }

    @Test
    void whatIsOptionalMayBeLeftOutOrNull() {
        Arguments without =
                new Arguments("a", 1, Optional.empty(), Optional.empty(), List.of(), false, Optional.empty());

        assertEquals(without, decode("{\"path\":\"a\",\"limit\":1,\"points\":[],\"deep\":false}"));
        assertEquals(
                without,
                decode("{\"path\":\"a\",\"limit\":1,\"points\":[],\"deep\":false,\"mode\":null,\"globs\":null}"));
    }

    @Test
    void aNumberInQuotesIsStillANumber() {
        assertEquals(
                7,
                decode("{\"path\":\"a\",\"limit\":\"7\",\"points\":[],\"deep\":\"true\"}")
                        .limit());
    }

    @Test
    void aMissingArgumentIsNamed() {
        assertEquals("`look` needs the argument `path`. " + EXPECTED, refusal(""));
        assertEquals("`look` needs the argument `path`. " + EXPECTED, refusal("{\"path\":null}"));
        assertEquals("`look` needs the argument `limit`. " + EXPECTED, refusal("{\"path\":\"a\"}"));
    }

    @Test
    void anUnknownArgumentIsNamedWithTheOneProbablyMeant() {
        assertEquals("`look` has no argument `pth`; did you mean `path`? " + EXPECTED, refusal("{\"pth\":\"a\"}"));
        assertEquals("`look` has no argument `colour`. " + EXPECTED, refusal("{\"colour\":\"red\"}"));
    }

    @Test
    void malformedJsonIsExplained() {
        String cut = refusal("{\"path\": \"a");
        assertEquals("The arguments of `look` are not valid JSON (", cut.substring(0, 44));
        assertEquals("). Send one JSON object. " + EXPECTED, cut.substring(cut.indexOf("). Send")));
        assertEquals("The arguments of `look` must be one JSON object. " + EXPECTED, refusal("[1]"));
    }

    @Test
    void twoObjectsAreNotOne() {
        String twice = refusal("{\"path\":\"a\",\"limit\":1,\"points\":[],\"deep\":false} {}");
        assertEquals("The arguments of `look` are not valid JSON (", twice.substring(0, 44));
    }

    @Test
    void aWrongTypeIsNamedWithItsPlace() {
        String wrong = "`look` cannot use these arguments: `%s` has the wrong type. " + EXPECTED;

        assertEquals(
                wrong.formatted("limit"), refusal("{\"path\":\"a\",\"limit\":\"many\",\"points\":[],\"deep\":true}"));
        assertEquals(wrong.formatted("limit"), refusal("{\"path\":\"a\",\"limit\":1.5,\"points\":[],\"deep\":true}"));
        assertEquals(
                wrong.formatted("mode"),
                refusal("{\"path\":\"a\",\"limit\":1,\"points\":[],\"deep\":true,\"mode\":\"slow\"}"));
        assertEquals(
                wrong.formatted("points[1].line"),
                refusal("{\"path\":\"a\",\"limit\":1,\"points\":[{\"line\":1},{\"line\":\"x\"}],\"deep\":true}"));
        assertEquals(wrong.formatted("points"), refusal("{\"path\":\"a\",\"limit\":1,\"points\":\"x\",\"deep\":true}"));
        assertEquals(
                wrong.formatted("points"),
                refusal("{\"path\":\"a\",\"limit\":1,\"points\":{\"line\":1},\"deep\":true}"));
    }

    @Test
    void whatIsInsideIsCheckedAsStrictly() {
        assertEquals("`look` needs the argument `points[1].line`. " + EXPECTED, refusal("""
                        {"path": "a", "limit": 1, "points": [{"line": 1}, {"note": "n"}], "deep": true}"""));
        assertEquals(
                "`look` has no argument `points[0].lin`; did you mean `points[0].line`? " + EXPECTED, refusal("""
                        {"path": "a", "limit": 1, "points": [{"lin": 1}], "deep": true}"""));
    }

    @Test
    void nothingInsideIsNull() {
        record Edit(String before, String after) {}

        record Edits(List<Edit> edits, Optional<List<String>> files) {}

        for (String json : List.of(
                "{\"edits\":[{\"before\":\"x\"}]}", "{\"edits\":[null]}", "{\"edits\":[],\"files\":[\"a\",null]}")) {
            assertThrows(ToolException.class, () -> RecordArguments.decode("edit", Edits.class, json), json);
        }
    }

    @Test
    void aRefusalOfTheRecordItselfIsPassedOn() {
        assertEquals(
                "`look` cannot use these arguments: `limit` cannot be negative: -1. " + EXPECTED,
                refusal("{\"path\":\"a\",\"limit\":-1,\"points\":[],\"deep\":true}"));
    }

    @Test
    void aRecordToolIsPreparedOnceAndRunsWithWhatWasDecoded() throws InterruptedException {
        record Greeting(@Describe("Whom to greet.") String name) {}

        RecordTool<Greeting> tool = new RecordTool<>() {
            @Override
            public String name() {
                return "greet";
            }

            @Override
            public String description() {
                return "Greets.";
            }

            @Override
            public Class<Greeting> arguments() {
                return Greeting.class;
            }

            @Override
            public Effect effect() {
                return Effect.READ;
            }

            @Override
            public List<Permission> permissions(Greeting arguments) {
                return List.of(new Permission.Read(arguments.name()));
            }

            @Override
            public ToolOutput run(Greeting arguments, ToolContext context) {
                return ToolOutput.of("Hello " + arguments.name());
            }
        };

        assertEquals(new ToolSpec("greet", "Greets.", RecordSchema.of(Greeting.class)), tool.spec());
        Tool.Invocation invocation = tool.prepare("{\"name\":\"Ada\"}");
        assertEquals(List.of(new Permission.Read("Ada")), invocation.permissions());
        assertEquals(ToolOutput.of("Hello Ada"), invocation.run(ToolboxTest.CONTEXT));
    }
}
