package dev.fettle.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.tool.Effect;
import dev.fettle.core.tool.Tool;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class BuiltinToolsTest {

    @Test
    void takeLittleOfTheModelsContext() {
        int bytes = BuiltinTools.all().stream()
                .map(Tool::spec)
                .mapToInt(spec -> spec.toString().length())
                .sum();
        assertTrue(bytes < 5000, "%d characters".formatted(bytes));
    }

    @Test
    void declareWhatRunningThemTwiceWouldDo() {
        Map<Effect, List<String>> names = BuiltinTools.all().stream()
                .collect(Collectors.groupingBy(
                        Tool::effect, Collectors.mapping(tool -> tool.spec().name(), Collectors.toList())));
        assertEquals(
                Map.of(
                        Effect.READ, List.of("read", "ls", "glob", "grep", "todo"),
                        Effect.KEYED, List.of("edit", "apply_patch", "write"),
                        Effect.UNSAFE, List.of("bash")),
                names);
    }

    @Test
    void nameTheirArgumentsAsModelsKnowThem() {
        String schemas =
                BuiltinTools.all().stream().map(tool -> tool.spec().schema()).collect(Collectors.joining("\n"));
        for (String name : List.of("\"required\":[\"old\",\"new\"]", "\"timeout_s\":{", "\"ignore_case\":{")) {
            assertTrue(schemas.contains(name), schemas);
        }
    }
}
