package dev.fettle.tools.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fettle.core.tool.ToolException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GlobTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*.java|A.java|true",
                "*.java|src/main/A.java|true",
                "*.java|A.javax|false",
                "src/*.java|src/A.java|true",
                "src/*.java|src/main/A.java|false",
                "src/**/*.java|src/A.java|true",
                "src/**/*.java|src/a/b/A.java|true",
                "src/**|src/a/b|true",
                "src/**|srcs/a|false",
                "**/test/**|a/test/b.txt|true",
                "**/test/**|test/b.txt|true",
                "./src/*.c|src/a.c|true",
                "/src/*.c|src/a.c|true",
                "*.{java,kt}|x/A.kt|true",
                "*.{java,kt}|A.kts|false",
                "{a,b/{c,d}}/x|b/d/x|true",
                "a,b|a,b|true",
                "file?.txt|file1.txt|true",
                "file?.txt|file/.txt|false",
                "[a-c]x|bx|true",
                "[!a-c]x|bx|false",
                "[^a-c]x|dx|true",
                "a.b|axb|false",
                "a+(b)|a+(b)|true",
                "\\*.txt|*.txt|true",
                "\\*.txt|a.txt|false",
                "x}|x}|true",
                "größe.*|größe.txt|true",
            })
    void matchesLikeAShell(String pattern, String path, boolean expected) {
        assertEquals(expected, Glob.parse(pattern).matches(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{a,b", "[abc", "x\\", "[z-a]"})
    void saysWhatAPatternLooksLike(String pattern) {
        assertThrows(ToolException.class, () -> Glob.parse(pattern));
    }
}
